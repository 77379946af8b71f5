import { count, groupDigits } from '../../count.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import type { Run } from '../../run-history/run.ts';
import { failureLines } from './failure-lines.ts';
import type { TableCount } from './table-counts.ts';
import { wrap } from './wrap.ts';

/** What is shown beside the run itself. */
export interface OutcomeView {
  /** Characters that a line of text should have at most. */
  readonly columns: number;
  readonly tables: readonly TableCount[];
  /** All there are. */
  readonly pipelines: readonly Pipeline[];
  /** What to do on this machine after a failure, a line each. */
  readonly hints: readonly string[];
  /** What to try after a success, a line each. */
  readonly tryNext: readonly string[];
}

/** What a person is told when a run has ended: its end, what it did, what to try next. */
export function describeOutcome(run: Run, view: OutcomeView): readonly string[] {
  const { columns, tables, pipelines, hints, tryNext } = view;
  if (run.status !== 'SUCCEEDED') return failureLines(run, columns, hints);
  if (run.superseded !== undefined) return describeSuperseded(run.superseded, columns);
  return [
    '✓ the run SUCCEEDED',
    '',
    ...describeTables(tables),
    ...describeEmptyTables(tables, pipelines.length > 1),
    '',
    ...describeAudits(run, columns),
    'Try next:',
    ...tryNext.map((line) => `  ${line}`),
  ];
}

function describeSuperseded(reason: string, columns: number): readonly string[] {
  const text = `– the run was superseded and has done nothing: ${reason}. The newer load has its own run. Superseded runs send no notification.`;
  return wrap(text, columns, { first: '', rest: '  ' });
}

/**
 * What a person is told when a load has ended and nothing has started a run.
 * @param answers what start-run said
 */
export function describeNoRun(answers: readonly string[], columns: number): readonly string[] {
  const said = answers.length === 0 ? ['start-run was not called'] : answers;
  return [
    '✗ the load has ended, but no run was started',
    ...said.flatMap((answer) => wrap(answer, columns, { first: '  ', rest: '    ' })),
    '  npm start -- --verbose shows what the functions logged',
  ];
}

function describeTables(tables: readonly TableCount[]): readonly string[] {
  const width = Math.max(...tables.map(({ table }) => table.length));
  const digits = Math.max(...tables.map(({ rows }) => groupDigits(rows).length));
  return (['staged', 'production'] as const).flatMap((kind) =>
    tables
      .filter((table) => table.kind === kind)
      .map(
        ({ table, rows }) => `  ${table.padEnd(width)}  ${groupDigits(rows).padStart(digits)} rows  ${kind}`,
      ),
  );
}

/** How many audits the load has passed, and each warning. */
function describeAudits({ audits, warnings }: Run, columns: number): readonly string[] {
  const passed = audits.filter(({ wrongRows }) => wrongRows === 0).length;
  const lines = [
    ...(audits.length === 0
      ? []
      : [`  ${passed} of ${count(audits.length, 'audit')} passed, before readers saw a row`]),
    ...warnings.flatMap((warning) => wrap(warning, columns, { first: '! ', rest: '  ' })),
  ];
  return lines.length === 0 ? [] : [...lines, ''];
}

/** A green run that delivered nothing must not look like success. */
function describeEmptyTables(tables: readonly TableCount[], hasOtherPipelines: boolean): readonly string[] {
  const staged = tables.filter(({ kind }) => kind === 'staged');
  const stagedRows = staged.map(({ table, rows }) => `${groupDigits(rows)} in ${table}`).join(', ');
  return tables
    .filter(({ kind, rows }) => kind === 'production' && rows === 0 && staged.some((table) => table.rows > 0))
    .flatMap(({ table }) => [
      '',
      `! Nothing arrived in ${table}: it has 0 rows, although rows were staged (${stagedRows}).`,
      hasOtherPipelines
        ? '  Unless another pipeline fills it, the procedures did what they say, and their joins found no match.'
        : '  The run succeeded all the same: its procedures did what they say, and their joins found no match.',
    ]);
}
