import { arnName, machineOfExecution } from '../../arn.ts';
import type { ResultValue } from '../../data-api/result.ts';
import { ELT_SCHEMA, RUNS } from '../../names/elt-tables.ts';
import { readStagedRows } from '../../run-history/view-run.ts';
import type { RunSummary } from '../report.ts';
import { describeRun } from '../words.ts';
import { askWarehouse, type WarehouseQuestion } from './ask-warehouse.ts';

/**
 * Runs of a stage that the warehouse has recorded since a moment: those that published their load. Step Functions forgets them after
 * 90 days. Of an execution that was recorded more than once, the last record counts.
 * @throws RedshiftUnavailable, InvalidConfig, StatementFailed where there is no record yet
 */
export async function readRecordedRuns(
  where: WarehouseQuestion,
  stage: string,
  since: number,
): Promise<readonly RunSummary[]> {
  const rows = await askWarehouse(
    where,
    { name: 'report/recorded-runs', what: 'reading the record of runs' },
    `SELECT pipeline, execution_arn, load_ended_at, run_started_at, redrives, staged_rows, step_durations, recorded_at::varchar
FROM ${ELT_SCHEMA}.${RUNS} WHERE recorded_at >= '${new Date(since).toISOString().slice(0, 19).replace('T', ' ')}'::timestamp
ORDER BY recorded_at`,
  );
  const runs = rows
    .map(toSummary)
    .filter((run) => machineOfExecution(run.executionArn) === `${run.pipeline}-${stage}`);
  return [...new Map(runs.map((run) => [run.executionArn, run])).values()];
}

function toSummary(row: readonly ResultValue[]): RunSummary {
  const [pipeline, executionArn, loadedAt, startedAt, redrives, staged, durations, recordedAt] = row.map(
    (value) => (value === null ? '' : String(value)),
  ) as string[];
  const stagedRows = readStagedRows(staged ?? '');
  const endedAt = Date.parse(`${recordedAt?.replace(' ', 'T')}Z`);
  const known = Object.values(stagedRows).filter((rows) => !Number.isNaN(rows));
  return {
    ...{ pipeline: pipeline ?? '', executionArn: executionArn ?? '', name: arnName(executionArn ?? '') },
    outcome: describeRun({ ...PUBLISHED, stagedRows }, loadedAt ? Date.parse(loadedAt) : undefined),
    startedAt: startedAt ? Date.parse(startedAt) : endedAt,
    ...{ endedAt, redrives: Number(redrives) },
    ...(known.length === 0 ? {} : { rows: known.reduce((sum, rows) => sum + rows, 0) }),
    stepMs: readDurations(durations ?? ''),
  };
}

/** `step=milliseconds`, separated by commas. */
function readDurations(list: string): Readonly<Record<string, number>> {
  const entries = list.split(',').map((entry) => entry.split('='));
  return Object.fromEntries(
    entries.flatMap(([step = '', ms = '']) => (ms === '' ? [] : [[step, Number(ms)]])),
  );
}

const NOT_SEEN = { name: '', state: 'done' } as const;

/** What is known of a run of which only its record is left. */
const PUBLISHED = {
  status: 'SUCCEEDED',
  ...{ redrives: 0, turn: NOT_SEEN, verification: NOT_SEEN, confirmation: NOT_SEEN },
  ...{ steps: [], audits: [], warnings: [] },
} as const;
