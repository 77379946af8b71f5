import { ELT_SCHEMA, fenceTableName } from '../definition/fence-table.ts';
import type { Pipeline } from '../definition/pipeline.ts';

/** Statements that make a pipeline's fence tables, where they are missing, and let `runtime` use them. */
export function fenceTableStatements(pipeline: Pipeline, runtime: string): readonly string[] {
  return pipeline.steps.flatMap((step) => {
    const table = `${ELT_SCHEMA}.${fenceTableName(pipeline.name, step.name)}`;
    return [
      `CREATE TABLE IF NOT EXISTS ${table} (
  load_id         varchar(80)   ENCODE lzo NOT NULL,
  load_started_at varchar(24)   ENCODE lzo NOT NULL,
  execution_arn   varchar(2048) ENCODE lzo NOT NULL,
  recorded_at     timestamp     ENCODE az64 NOT NULL
)
DISTSTYLE AUTO`,
      // LOCK asks for more than reading and adding.
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO "${runtime.replaceAll('"', '""')}"`,
    ];
  });
}
