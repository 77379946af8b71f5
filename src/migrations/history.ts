import { ELT_SCHEMA } from '../definition/fence-table.ts';
import type { Migration } from './migration-files.ts';
import type { SqlRunner } from './sql-runner.ts';

const HISTORY_TABLE = `${ELT_SCHEMA}.schema_history`;

/** Checksum of the last application of each file, by file name. */
export type AppliedMigrations = ReadonlyMap<string, string>;

/** Creates the schema and table that remember what was applied, where they are missing. */
export async function prepareHistory(runner: SqlRunner): Promise<void> {
  await runner.transaction('schema_history', [
    `CREATE SCHEMA IF NOT EXISTS ${ELT_SCHEMA}`,
    `CREATE TABLE IF NOT EXISTS ${HISTORY_TABLE} (
  file       varchar(255) ENCODE lzo  NOT NULL,
  checksum   varchar(64)  ENCODE lzo  NOT NULL,
  applied_at timestamp    ENCODE az64 NOT NULL
)
DISTSTYLE AUTO`,
  ]);
}

export async function readHistory(runner: SqlRunner): Promise<AppliedMigrations> {
  const rows = await runner.query(
    'schema_history',
    `SELECT file, checksum FROM ${HISTORY_TABLE} ORDER BY applied_at`,
  );
  return new Map(rows.map(([file = '', checksum = '']) => [file, checksum]));
}

/** First statement of a migration's transaction: two migrations at once take turns. */
export function lockHistory(): string {
  return `LOCK ${HISTORY_TABLE}`;
}

/** Last statement of a migration's transaction. File names are checked against a pattern, checksums are hexadecimal. */
export function recordMigration({ file, checksum }: Migration): string {
  return `INSERT INTO ${HISTORY_TABLE} (file, checksum, applied_at) VALUES ('${file}', '${checksum}', getdate())`;
}
