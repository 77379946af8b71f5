import * as z from 'zod';
import { ELT_SCHEMA, RUNS } from '../../names/elt-tables.ts';
import { type QueryContext, type QueryRequest, runQuery } from '../../statements/query.ts';

/** What the warehouse keeps of a run that has published its load. */
export const RunRecordSchema = z.object({
  /** ISO 8601: when DMS stopped; null where it did not say. */
  loadEndedAt: z.string().nullable(),
  /** `schema.table=rows`, separated by commas. */
  stagedRows: z.string(),
  /** `step=milliseconds`, separated by commas; nothing behind the `=` where the step had taken effect before. */
  stepDurations: z.string(),
});
export type RunRecord = z.infer<typeof RunRecordSchema>;

/** The run that is recorded. */
export interface RecordedRun extends QueryRequest {
  readonly load: { readonly id: string };
  readonly execution: QueryRequest['execution'] & { readonly startedAt?: string | undefined };
}

/** Characters of a column; lists that are longer lose their last entries. */
const COLUMN_LENGTH = 65_535;

/**
 * Records a run in elt.runs, which outlives Step Functions' 90 days. The load is published by then, so a record that cannot be
 * written is no failure. A run that is confirmed twice is recorded twice: whoever reads takes the last record of an execution.
 * @returns a warning if the run could not be recorded
 */
export async function recordRun(
  context: QueryContext,
  run: RecordedRun,
  record: RunRecord,
): Promise<readonly string[]> {
  try {
    await runQuery(context, run, { state: STATE, what: WHAT, ...toInsert(run, record) });
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [`The run is not recorded in ${ELT_SCHEMA}.${RUNS} (npm run migrate makes that table): ${reason}`];
  }
}

/** Stands for a step's name in the name of the statement. */
const STATE = 'Confirm_Load_record';
const WHAT = 'recording the run';

function toInsert(
  { pipeline, load, execution }: RecordedRun,
  { loadEndedAt, stagedRows, stepDurations }: RunRecord,
) {
  const values = {
    pipeline,
    execution: execution.arn,
    load_id: load.id,
    ...(loadEndedAt === null ? {} : { load_ended_at: loadEndedAt }),
    run_started_at: execution.startedAt ?? '',
    staged_rows: shorten(stagedRows),
    step_durations: shorten(stepDurations),
  };
  // The Data API refuses empty values.
  const given = Object.entries(values).filter(([, value]) => value !== '');
  const or = (name: string, otherwise: string) =>
    given.some(([known]) => known === name) ? `:${name}` : otherwise;
  return {
    sql: `INSERT INTO ${ELT_SCHEMA}.${RUNS} (pipeline, execution_arn, load_id, load_ended_at, run_started_at, redrives, staged_rows, step_durations, recorded_at) SELECT :pipeline, :execution, :load_id, ${or('load_ended_at', 'NULL')}, ${or('run_started_at', "''")}, ${execution.redriveCount}, ${or('staged_rows', "''")}, ${or('step_durations', "''")}, getdate()`,
    parameters: given.map(([name, value]) => ({ name, value })),
  };
}

function shorten(list: string): string {
  return list.length <= COLUMN_LENGTH ? list : list.slice(0, list.lastIndexOf(',', COLUMN_LENGTH));
}
