import type { Pipeline } from '../definition/pipeline.ts';
import { ELT_SCHEMA, fenceTableName } from '../names/fence-table.ts';
import { isFenced } from '../steps/step.ts';
import { MAX_STATEMENTS } from './history.ts';
import type { Migration } from './migration.ts';
import { checksumOf } from './parse-migration.ts';
import { quoteName } from './quote.ts';

/** Fence tables that one transaction creates, and their names without a schema. */
export interface FenceTables extends Migration {
  readonly kind: 'fence tables';
  readonly pipeline: string;
  readonly tables: readonly string[];
}

/** One statement of the transaction is the grant. */
const TABLES_AT_ONCE = MAX_STATEMENTS - 1;

/**
 * The migrations that create a pipeline's fence tables and let `runtime` use them. Each step that calls procedures
 * without `commits` has a fence table. Checks change nothing, and procedures that commit by themselves run outside
 * the fence.
 */
export function fenceTableMigrations(pipeline: Pipeline, runtime: string): readonly FenceTables[] {
  const tables = pipeline.steps.filter(isFenced).map((step) => fenceTableName(pipeline.name, step.name));
  const groups = Array.from({ length: Math.ceil(tables.length / TABLES_AT_ONCE) }, (_, index) =>
    tables.slice(index * TABLES_AT_ONCE, (index + 1) * TABLES_AT_ONCE),
  );
  return groups.map((group, index) => toMigration(pipeline.name, group, index, runtime));
}

function toMigration(
  pipeline: string,
  tables: readonly string[],
  index: number,
  runtime: string,
): FenceTables {
  const qualified = tables.map((table) => `${ELT_SCHEMA}.${table}`);
  const sqls = [
    ...qualified.map(createTable),
    // LOCK needs more privileges than SELECT and INSERT.
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${qualified.join(', ')} TO ${quoteName(runtime)}`,
  ];
  const script = `fence tables of ${pipeline}${index === 0 ? '' : ` (${index + 1})`}`;
  return {
    kind: 'fence tables',
    script,
    description: script,
    pipeline,
    tables,
    checksum: checksumOf(sqls.join(';\n')),
    isTransaction: true,
    statements: sqls.map((text) => ({ text, line: 1 })),
  };
}

function createTable(table: string): string {
  return `CREATE TABLE IF NOT EXISTS ${table} (
  load_id         varchar(80)   ENCODE lzo NOT NULL,
  load_started_at varchar(24)   ENCODE lzo NOT NULL,
  execution_arn   varchar(2048) ENCODE lzo NOT NULL,
  recorded_at     timestamp     ENCODE az64 NOT NULL
)
DISTSTYLE AUTO`;
}
