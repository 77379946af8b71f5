import { ELT_SCHEMA, fenceTableName } from '../definition/fence-table.ts';
import type { Step } from '../definition/pipeline.ts';

/** A step's SQL, and the values of its placeholders as they stand in a state's arguments. */
export interface StepTransaction {
  readonly sqls: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The fenced transaction: effect and proof commit together. LOCK comes before the transaction's snapshot, which
 * Redshift takes at the first query, so what the former holder of the lock recorded is seen by the fence; the fence
 * raises ELT_DONE or ELT_STALE, or records the load; only then the procedure runs.
 */
export function compileTransaction(pipeline: string, step: Step): StepTransaction {
  const table = fenceTableName(pipeline, step.name);
  return {
    sqls: [
      `LOCK ${ELT_SCHEMA}.${table}`,
      `CALL ${ELT_SCHEMA}.sp_fence(:fence_table, :load_id, :load_started_at, :execution)`,
      `CALL ${step.call}()`,
    ],
    parameters: {
      fence_table: table,
      load_id: '{% $states.input.load.id %}',
      load_started_at: '{% $states.input.load.startedAt %}',
      execution: '{% $states.context.Execution.Id %}',
    },
  };
}
