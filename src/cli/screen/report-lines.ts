import { count, groupDigits } from '../../count.ts';
import type { Repair } from '../../errors/repairs.ts';
import { durationText } from '../../report/figures.ts';
import type { OutcomeState, Report, ReportRow, Trouble } from '../../report/report.ts';
import { describeTime, describeWritten } from '../../report/words.ts';
import { causeLines } from './cause-lines.ts';
import { effectLines } from './effect-lines.ts';
import { wrap } from './wrap.ts';

const MARKS: Readonly<Record<OutcomeState, string>> = {
  published: '✓',
  failed: '✗',
  'timed-out': '✗',
  stopped: '–',
  superseded: '–',
  running: '…',
};

const STATE_MARKS: Readonly<Record<ReportRow['state'], string>> = {
  done: '✓',
  failed: '✗',
  aborted: '–',
  'not-started': ' ',
  running: '…',
};

/** A run in one sentence, with its mark. */
export function outcomeLine({ outcome }: Pick<Report, 'outcome'>): string {
  return `${MARKS[outcome.state]} ${outcome.sentence}`;
}

/** A report as lines of text. @param columns characters that a line should have at most */
export function reportLines(report: Report, columns: number): readonly string[] {
  const { pipeline, stage, name, reason, trouble, rows, warnings, unknown } = report;
  const paragraph = (text: string, first = '', rest = '  ') => wrap(text, columns, { first, rest });
  return [
    ...paragraph(outcomeLine(report)),
    '',
    ...paragraph(`  ${pipeline}, stage ${stage}, run ${name}${reason === undefined ? '' : ` (${reason})`}`),
    ...paragraph(`  ${describeTiming(report)}`),
    ...(trouble === undefined ? [] : ['', ...troubleLines(trouble, columns)]),
    '',
    ...rows.flatMap((row) => rowLines(row, columns)),
    ...section('Load:', loadTexts(report), columns),
    ...section('Audits:', auditTexts(report), columns),
    ...section('Warnings:', warnings, columns),
    ...section('Not known:', unknown, columns),
  ];
}

/** Where the time went, from DMS's stop to the end. */
function describeTiming({ timing: { from, to, parts }, outcome, load, redrives }: Report): string {
  const began = load.stoppedAt === from ? 'DMS stopped' : 'started';
  const ended = outcome.state === 'running' ? 'so far' : 'until the end';
  const spent = parts.map(({ kind, ms }) => `${kind} ${durationText(ms)}`).join(', ');
  const again = redrives === 0 ? '' : `, redriven ${redrives === 1 ? 'once' : `${redrives} times`}`;
  return `${began} at ${describeTime(from)}${again}; ${durationText(to - from)} ${ended}: ${spent}`;
}

function troubleLines(
  { error, meaning, cause, at, effects, repairs }: Trouble,
  columns: number,
): readonly string[] {
  return [
    ...wrap(`${error}${at === undefined ? '' : ` at ${at}`}: ${meaning}.`, columns, {
      first: '',
      rest: '  ',
    }),
    ...causeLines(cause, columns),
    '',
    'In production:',
    ...effectLines(effects, columns),
    '',
    'What to do:',
    ...repairs.flatMap((repair) => repairLines(repair, columns)),
  ];
}

/** Commands stay whole, so that they can be copied. */
function repairLines({ when, repair, actions }: Repair, columns: number): readonly string[] {
  const text = when === 'In any case' ? repair : `${when}. ${repair}`;
  return [
    ...wrap(text, columns, { first: '  - ', rest: '    ' }),
    ...actions.flatMap(({ verb, commands }) => commands.map((command) => `      ${command}    # ${verb}`)),
  ];
}

function rowLines(row: ReportRow, columns: number): readonly string[] {
  const { name, title, state, result, from, to, step, isCritical } = row;
  const took = from === undefined || to === undefined ? [] : [durationText(to - from)];
  const facts = [
    ...took,
    ...(step?.statementMs === undefined ? [] : [`${durationText(step.statementMs)} in Redshift`]),
    ...(step?.before === undefined
      ? []
      : [`usually ${durationText(step.before.medianMs)}, at most ${durationText(step.before.slowestMs)}`]),
    ...(step?.written ?? []).map(({ table, inserted, deleted }) => describeWritten(table, inserted, deleted)),
    ...(step?.statementId === undefined ? [] : [`statement ${step.statementId}`]),
    ...(step?.redshiftQueryId === undefined ? [] : [`query ${step.redshiftQueryId}`]),
    ...(isCritical ? ['critical'] : []),
  ];
  return [
    ...wrap(`${STATE_MARKS[state]} ${name} ${title}: ${result}`, columns, { first: '', rest: '    ' }),
    ...(facts.length === 0 ? [] : wrap(facts.join(', '), columns, { first: '    ', rest: '    ' })),
  ];
}

function loadTexts({ load: { tasks, tables, stoppedAt } }: Report): readonly string[] {
  return [
    ...tasks.map(({ identifier, startedAt }) => `task ${identifier}, started ${describeTime(startedAt)}`),
    ...(stoppedAt === undefined ? [] : [`stopped ${describeTime(stoppedAt)}`]),
    ...tables.map(
      ({ table, source, rows }) =>
        `${table}${source === null ? '' : ` from ${source}`}: ${rows === undefined ? 'rows not known' : count(rows, 'row')}`,
    ),
  ];
}

function auditTexts({ audits }: Report): readonly string[] {
  return audits.map(({ step, audit, severity, wrongRows, rows }) => {
    const found = rows === undefined ? count(wrongRows, 'wrong row') : `${groupDigits(rows)} rows`;
    return `${step}: ${audit}: ${found}${severity === 'warn' ? ' (only warns)' : ''}`;
  });
}

function section(title: string, texts: readonly string[], columns: number): readonly string[] {
  if (texts.length === 0) return [];
  return ['', title, ...texts.flatMap((text) => wrap(text, columns, { first: '  ', rest: '    ' }))];
}
