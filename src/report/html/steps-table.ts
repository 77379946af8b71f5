import { count, groupDigits } from '../../count.ts';
import { durationText } from '../figures.ts';
import type { Report, ReportedStep, ReportRow, WrittenRows } from '../report.ts';
import { elementId, type Markup, markup, outside } from './markup.ts';
import { NOTHING, STATE_LOOKS, stateMark } from './state-look.ts';
import { renderCause } from './trouble.ts';

const COLUMNS = [
  'Step',
  'State',
  'Rows written',
  'Duration',
  'Runs before',
  'Attempts',
  'In Redshift',
] as const;
type Column = (typeof COLUMNS)[number];

/** A row for each part of the run: what it calls, what it wrote, how long it took and what it did to production. */
export function renderSteps({ rows, trouble }: Report): Markup {
  return markup`<section id="steps" aria-labelledby="steps-title">
<h2 id="steps-title">Steps</h2>
<table class="cards" role="table" aria-labelledby="steps-title">
<thead role="rowgroup"><tr role="row">${COLUMNS.map((column) => markup`<th role="columnheader" scope="col">${column}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map((row, index) => renderStep(row, index, trouble?.at === row.name))}</tbody>
</table>
</section>`;
}

/** @param isTold whether the error stands above already, in what went wrong */
function renderStep(row: ReportRow, index: number, isTold: boolean): Markup {
  const { name, title, state, step } = row;
  return markup`<tr role="row" id="${elementId('row', name, index)}" class="${STATE_LOOKS[state].tone}">
<th role="rowheader" scope="row"><b>${outside(name)}</b><small>${outside(title)}</small></th>
${cell('State', renderState(row, isTold))}
${cell('Rows written', renderWritten(step?.written))}
${cell('Duration', renderDuration(row))}
${cell('Runs before', renderBefore(step))}
${cell('Attempts', renderAttempts(row))}
${cell('In Redshift', renderIds(step))}
</tr>`;
}

/** How it ended, what that did to production, and which attempts failed. */
function renderState({ state, step, result, failure }: ReportRow, isTold: boolean): Markup {
  const look = STATE_LOOKS[state];
  const told = result.replace(new RegExp(`^${look.word}(?:: |, |$)`), '');
  const retried = step?.retried.map(
    ({ attempt, failure: kind, error }) =>
      markup`<small class="retried">Attempt ${attempt} failed (${outside(kind)}): ${outside(error)}</small>`,
  );
  return markup`${stateMark(look)}${told !== '' && markup`<small>${outside(told)}</small>`}${step !== undefined && state !== 'not-started' && markup`<small>${outside(step.effectText)}</small>`}${retried}${failure !== undefined && !isTold && markup`<small><code>${outside(failure.error)}</code></small>${renderCause(failure.cause)}`}`;
}

const cell = (column: Column, content: Markup): Markup =>
  markup`<td role="cell" data-label="${column}">${content}</td>`;

function renderWritten(written: readonly WrittenRows[] | undefined): Markup {
  if (written === undefined || written.length === 0) return NOTHING;
  return markup`${written.map(
    ({ table, inserted, deleted }) =>
      markup`<span class="written"><b>${groupDigits(inserted)}</b><small>${outside(table)}</small>${deleted > 0 && markup`<small>${groupDigits(deleted)} deleted</small>`}</span>`,
  )}`;
}

function renderDuration({ from, to, step }: ReportRow): Markup {
  if (from === undefined || to === undefined) return NOTHING;
  const inRedshift = step?.statementMs;
  return markup`<b>${durationText(to - from)}</b>${inRedshift !== undefined && markup`<small>statement ${durationText(inRedshift)}</small>`}`;
}

const MUCH_SLOWER = 1.5;

/** The statement's duration against the runs before, and a word where it stands out. */
function renderBefore(step: ReportedStep | undefined): Markup {
  const { before, statementMs } = step ?? {};
  if (before === undefined) return NOTHING;
  const { runs, medianMs, slowestMs } = before;
  const isSlowest = statementMs !== undefined && runs >= 3 && statementMs > slowestMs;
  const isSlow = isSlowest && statementMs > medianMs * MUCH_SLOWER;
  return markup`${statementMs !== undefined && renderGauge(statementMs, medianMs, slowestMs)}<span>median ${durationText(medianMs)}</span><small>slowest ${durationText(slowestMs)}</small><small>in ${count(runs, 'run')}</small>${isSlow && markup`<small class="warn">slower than ever</small>`}`;
}

/** Bar: this run. Lines: median and slowest of the runs before. */
function renderGauge(ms: number, medianMs: number, slowestMs: number): Markup {
  const most = Math.max(ms, slowestMs, 1) * 1.04;
  const place = (value: number) => `${Math.round((value / most) * 1000) / 10}%`;
  const mark = (value: number) => markup`<line x1="${place(value)}" x2="${place(value)}" y1="0" y2="10"/>`;
  return markup`<svg class="gauge" width="88" height="10" aria-hidden="true"><rect class="ground" width="100%" height="4" y="3"/><rect class="value" width="${place(ms)}" height="4" y="3"/>${mark(medianMs)}${mark(slowestMs)}</svg>`;
}

function renderAttempts({ step }: ReportRow): Markup {
  return step === undefined || step.attempts === 0 ? NOTHING : markup`${groupDigits(step.attempts)}`;
}

function renderIds(step: ReportedStep | undefined): Markup {
  if (step === undefined) return NOTHING;
  const { procedures, statementId, redshiftQueryId } = step;
  return markup`${procedures.map((procedure) => markup`<span class="id">${outside(procedure)}</span>`)}${statementId !== undefined && markup`<small>statement <span class="id">${outside(statementId)}</span></small>`}${redshiftQueryId !== undefined && markup`<small>query <span class="id">${String(redshiftQueryId)}</span></small>`}`;
}
