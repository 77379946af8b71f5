import { amountText, clockText, countText } from '../figures.ts';
import type { Report, ReportedEvent } from '../report.ts';
import { type Markup, markup, outside } from './markup.ts';

/** A longer history is folded, but for its failures. */
const MOST_SHOWN = 200;
/** Rows under one fold: a page with several thousand stays quick. */
const FOLD_ROWS = 500;
/** Failures that are shown, and letters of each: the whole text stands with its step. */
const MOST_FAILURES = 100;
const MOST_LETTERS = 2000;

/** The history of the execution. */
export function renderEvents({ events, timing }: Report): Markup {
  const isLong = events.length > MOST_SHOWN;
  const failures = events.filter(({ failure }) => failure !== undefined);
  return markup`<section id="events" aria-labelledby="events-title">
<h2 id="events-title">History</h2>
<p class="hint">${amountText(events.length, 'event')}, ${failures.length === 0 ? 'no failure' : amountText(failures.length, 'failure')}. Times are UTC.</p>
${isLong && failures.length > 0 && renderTable('Failures', failures.slice(0, MOST_FAILURES), timing.from)}
${isLong ? foldsOf(events).map((fold, index) => renderFold(fold, index, timing.from)) : markup`<details id="events-all" open><summary>All events</summary>${renderTable('Events', events, timing.from)}</details>`}
</section>`;
}

function foldsOf(events: readonly ReportedEvent[]): readonly (readonly ReportedEvent[])[] {
  const count = Math.ceil(events.length / FOLD_ROWS);
  return Array.from({ length: count }, (_, index) =>
    events.slice(index * FOLD_ROWS, (index + 1) * FOLD_ROWS),
  );
}

function renderFold(events: readonly ReportedEvent[], index: number, day: number): Markup {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return markup``;
  const title = `Events ${countText(first.id)} to ${countText(last.id)}`;
  return markup`<details id="events-${index}"><summary>${title}, ${clockText(first.at, day)} to ${clockText(last.at, day)}</summary>${renderTable(title, events, day)}</details>`;
}

function renderTable(caption: string, events: readonly ReportedEvent[], day: number): Markup {
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="${caption}"><table class="events"><caption class="unseen">${caption}</caption><thead><tr><th scope="col" class="number">ID</th><th scope="col">Time</th><th scope="col">Event</th><th scope="col">About</th></tr></thead><tbody>${events.map((event) => renderEvent(event, day))}</tbody></table></div>`;
}

function renderEvent({ id, at, type, about, failure }: ReportedEvent, day: number): Markup {
  const milliseconds = new Date(at).toISOString().slice(19, 23);
  const cells = markup`<td class="number">${id}</td><td>${clockText(at, day)}${milliseconds}</td><td>${outside(type)}</td><td>${about !== undefined && outside(about)}</td>`;
  if (failure === undefined) return markup`<tr>${cells}</tr>`;
  return markup`<tr class="bad">${cells}</tr><tr class="bad"><td></td><td colspan="3"><code>${outside(failure.error)}</code> <span class="event-cause">${outside(shortenCause(failure.cause))}</span></td></tr>`;
}

function shortenCause(cause: string): string {
  const rest = cause.length - MOST_LETTERS;
  return rest <= 0 ? cause : `${cause.slice(0, MOST_LETTERS)} … and ${countText(rest)} more letters`;
}
