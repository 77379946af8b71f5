import type { Pipeline } from '../definition/pipeline.ts';
import type { RunEnd } from './follow-run.ts';
import type { TableCount } from './table-counts.ts';

/** What a person is told when the run of one of the pipelines has ended: its end, the tables, what to try next. */
export function describeOutcome(
  end: RunEnd | undefined,
  tables: readonly TableCount[],
  pipelines: readonly Pipeline[],
): readonly string[] {
  if (end === undefined) {
    return ['✗ the load has ended, but no run was started: npm start -- --verbose shows what start-run said'];
  }
  if (end.status !== 'SUCCEEDED') {
    return [`✗ the run ${end.status}: ${end.error ?? 'no error is given'}`, ...describeCause(end.cause)];
  }
  return [
    '✓ the run SUCCEEDED',
    '',
    ...describeTables(tables),
    ...describeEmptyTables(tables, pipelines.length > 1),
    '',
    ...TRY_NEXT,
  ];
}

/** Step Functions' cause of a Lambda's error is the function's answer as JSON text. */
function describeCause(cause: string | undefined): readonly string[] {
  if (cause === undefined) return [];
  try {
    return [`  ${(JSON.parse(cause) as { errorMessage?: string }).errorMessage ?? cause}`];
  } catch {
    return [`  ${cause}`];
  }
}

function describeTables(tables: readonly TableCount[]): readonly string[] {
  const width = Math.max(...tables.map(({ table }) => table.length));
  const digits = Math.max(...tables.map(({ rows }) => String(rows).length));
  return (['staged', 'production'] as const).flatMap((kind) =>
    tables
      .filter((table) => table.kind === kind)
      .map(({ table, rows }) => `  ${table.padEnd(width)}  ${String(rows).padStart(digits)} rows  ${kind}`),
  );
}

/** A green run that delivered nothing must not look like success. */
function describeEmptyTables(tables: readonly TableCount[], hasOtherPipelines: boolean): readonly string[] {
  const staged = tables.filter(({ kind }) => kind === 'staged');
  const stagedRows = staged.map(({ table, rows }) => `${rows} in ${table}`).join(', ');
  return tables
    .filter(({ kind, rows }) => kind === 'production' && rows === 0 && staged.some((table) => table.rows > 0))
    .flatMap(({ table }) => [
      '',
      `! Nothing arrived in ${table}: it has 0 rows, although rows were staged (${stagedRows}).`,
      hasOtherPipelines
        ? '  Unless another pipeline fills it, the procedures did what they say, and their joins found no match.'
        : '  The run is green all the same: its procedures did what they say, and their joins found no match.',
    ]);
}

const TRY_NEXT: readonly string[] = [
  'Try next:',
  '  npm start -- --rows 1000000          the same with a million sales',
  '  npm start -- --sample as-published   staging rows whose customers do not exist',
  '  npm run local                        keep it running, and drive it with the AWS CLI (see README.md)',
  '  npm run -s asl -- customer-sales     the state machine that ran',
];
