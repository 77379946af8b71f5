import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import type { Pipeline } from '../../definition/pipeline.ts';
import { localClientConfig } from '../../local-stage/local-client-config.ts';
import { LOCAL_CLUSTER, LOCAL_DATABASE } from '../../local-stage/local-stage.ts';
import { createSqlRunner } from '../../migrations/sql-runner.ts';
import { ELT_SCHEMA } from '../../names/elt-tables.ts';

export interface TableCount {
  /** `schema.table`. */
  readonly table: string;
  readonly rows: number;
  readonly kind: 'staged' | 'production';
}

/** Row counts of the warehouse's tables, as far as {@link classifyTables} shows them; not of the orchestrator's own. */
export async function countTables(
  url: string,
  pipeline: Pipeline,
  pipelines: readonly Pipeline[],
): Promise<readonly TableCount[]> {
  const api = new RedshiftDataClient(localClientConfig(url));
  const runner = createSqlRunner(api, {
    clusterIdentifier: LOCAL_CLUSTER,
    database: LOCAL_DATABASE,
    dbUser: 'owner',
  });
  const found = await runner.query(
    'tables',
    `SELECT schemaname::varchar, tablename::varchar FROM pg_tables
     WHERE schemaname NOT IN ('information_schema', 'local_warehouse', '${ELT_SCHEMA}') AND left(schemaname::varchar, 3) <> 'pg_'
     ORDER BY 1, 2`,
  );
  const sqlNames = new Map(found.map((parts) => [parts.join('.'), parts.map(quoted).join('.')]));
  const tables = classifyTables([...sqlNames.keys()], pipeline, pipelines);
  const counts = tables.map(async ({ table, kind }): Promise<TableCount> => {
    const sql = `SELECT count(*)::varchar FROM ${sqlNames.get(table)}`;
    const [[rows = ''] = []] = await runner.query('rows of a table', sql);
    return { table, rows: Number(rows), kind };
  });
  const all = await Promise.all(counts);
  api.destroy();
  return all;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * Tells a pipeline's staged tables from the others. What other pipelines stage is left out, and so is what stands in a schema in which
 * only others stage: it is most likely theirs.
 */
export function classifyTables(
  names: readonly string[],
  pipeline: Pipeline,
  pipelines: readonly Pipeline[],
): readonly Omit<TableCount, 'rows'>[] {
  const staged = stagedBy([pipeline]);
  const others = stagedBy(pipelines.filter(({ name }) => name !== pipeline.name));
  const [schemas, otherSchemas] = [schemasOf(staged), schemasOf(others)];
  const isOthers = (table: string) =>
    others.has(table) || (otherSchemas.has(schemaOf(table)) && !schemas.has(schemaOf(table)));
  const shown = names.filter((table) => staged.has(table) || !isOthers(table));
  return shown.map((table) => ({ table, kind: staged.has(table) ? 'staged' : 'production' }));
}

const schemaOf = (table: string) => table.split('.')[0] ?? '';

function schemasOf(tables: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...tables].map(schemaOf));
}

function stagedBy(pipelines: readonly Pipeline[]): ReadonlySet<string> {
  return new Set(pipelines.flatMap(({ stagedTables }) => stagedTables.map(({ table }) => table)));
}
