import { count, groupDigits } from '../../count.ts';
import { clockText } from '../figures.ts';
import type { Report, ReportedEvent } from '../report.ts';
import { type Markup, markup, outside } from './markup.ts';

/** A longer history is folded, but for its failures. */
const MOST_SHOWN = 200;
/** Rows under one fold: a page with several thousand stays quick. */
const FOLD_ROWS = 500;
/** Failures that stand outside the folds, and letters of a cause that are shown at once, and at all. */
const MOST_FAILURES = 200;
const FIRST_LETTERS = 400;
const MOST_LETTERS = 3000;

/** The history of the execution. */
export function renderEvents({ events, timing }: Report): Markup {
  const failures = events.filter(({ failure }) => failure !== undefined);
  const told = failures.slice(0, MOST_FAILURES);
  return markup`<section id="events" aria-labelledby="events-title">
<h2 id="events-title">History</h2>
<p class="hint">${count(events.length, 'event')}, ${failures.length === 0 ? 'no failure' : count(failures.length, 'failure')}. Times are UTC.</p>
${events.length > MOST_SHOWN ? renderFolded(events, told, timing.from) : markup`<details id="events-all" open><summary>All events</summary>${renderTable('Events', events, timing.from)}</details>`}
</section>`;
}

/** A long history: its failures, and below them everything in folds. */
function renderFolded(
  events: readonly ReportedEvent[],
  failures: readonly ReportedEvent[],
  day: number,
): Markup {
  const told = new Set(failures);
  return markup`${failures.length > 0 && renderTable('Failures', failures, day)}${foldsOf(events).map((fold, index) => renderFold(fold, index, day, told))}`;
}

function foldsOf(events: readonly ReportedEvent[]): readonly (readonly ReportedEvent[])[] {
  const count = Math.ceil(events.length / FOLD_ROWS);
  return Array.from({ length: count }, (_, index) =>
    events.slice(index * FOLD_ROWS, (index + 1) * FOLD_ROWS),
  );
}

function renderFold(
  events: readonly ReportedEvent[],
  index: number,
  day: number,
  told: ReadonlySet<ReportedEvent>,
): Markup {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return markup``;
  const title = `Events ${groupDigits(first.id)} to ${groupDigits(last.id)}`;
  return markup`<details id="events-${index}"><summary>${title}, ${clockText(first.at, day)} to ${clockText(last.at, day)}</summary>${renderTable(title, events, day, told)}</details>`;
}

/** @param told events whose cause stands elsewhere */
function renderTable(
  caption: string,
  events: readonly ReportedEvent[],
  day: number,
  told: ReadonlySet<ReportedEvent> = new Set(),
): Markup {
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="${caption}"><table class="events"><caption class="unseen">${caption}</caption><thead><tr><th scope="col" class="number">ID</th><th scope="col">Time</th><th scope="col">Event</th><th scope="col">About</th></tr></thead><tbody>${events.map((event) => renderEvent(event, day, told.has(event)))}</tbody></table></div>`;
}

function renderEvent({ id, at, type, about, failure }: ReportedEvent, day: number, isTold: boolean): Markup {
  const milliseconds = new Date(at).toISOString().slice(19, 23);
  const cells = markup`<td class="number">${id}</td><td>${clockText(at, day)}${milliseconds}</td><td>${outside(type)}</td><td>${about !== undefined && outside(about)}</td>`;
  if (failure === undefined) return markup`<tr>${cells}</tr>`;
  const cause = isTold || failure.cause === '' ? undefined : renderEventCause(id, failure.cause);
  return markup`<tr class="bad">${cells}</tr><tr class="bad"><td></td><td colspan="3"><code>${outside(failure.error)}</code>${cause}</td></tr>`;
}

/** The beginning of a cause, and the rest of it in a fold. */
function renderEventCause(id: number, cause: string): Markup {
  const letters = [...cause];
  const text = (from: number, to: number) => outside(letters.slice(from, to).join(''));
  if (letters.length <= FIRST_LETTERS)
    return markup` <span class="event-cause">${text(0, FIRST_LETTERS)}</span>`;
  const rest = letters.length - MOST_LETTERS;
  return markup` <span class="event-cause">${text(0, FIRST_LETTERS)}…</span><details id="event-${id}"><summary>The rest of it</summary><span class="event-cause">…${text(FIRST_LETTERS, MOST_LETTERS)}${rest > 0 && ` … and ${groupDigits(rest)} more letters`}</span></details>`;
}
