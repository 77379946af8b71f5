import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import type { Pipeline } from '../../definition/pipeline.ts';
import { localClientConfig } from '../../local-stage/local-client-config.ts';
import { LOCAL_CLUSTER, LOCAL_DATABASE } from '../../local-stage/local-stage.ts';
import { createSqlRunner } from '../../migrations/sql-runner.ts';
import { toSqlName } from '../../names/sql-name.ts';

export interface TableCount {
  /** `schema.table`. */
  readonly table: string;
  readonly rows: number;
  readonly kind: 'staged' | 'production';
}

/** Row counts of the tables in the schemas that a pipeline stages into, as far as {@link classifyTables} shows them. */
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
  const schemas = [...new Set(pipeline.stagedTables.map(({ table }) => table.split('.')[0]))];
  const list = schemas.map((schema) => `'${schema}'`).join(', ');
  const names = await runner.query(
    'tables',
    `SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname IN (${list}) ORDER BY 1`,
  );
  const tables = classifyTables(names.flat(), pipeline, pipelines);
  const counts = tables.map(async ({ table, kind }): Promise<TableCount> => {
    const [[rows = ''] = []] = await runner.query(table, `SELECT count(*)::varchar FROM ${toSqlName(table)}`);
    return { table, rows: Number(rows), kind };
  });
  const all = await Promise.all(counts);
  api.destroy();
  return all;
}

/** Tells a pipeline's staged tables from the others. Those that only other pipelines stage are left out. */
export function classifyTables(
  names: readonly string[],
  pipeline: Pipeline,
  pipelines: readonly Pipeline[],
): readonly Omit<TableCount, 'rows'>[] {
  const staged = stagedBy([pipeline]);
  const stagedByAny = stagedBy(pipelines);
  const shown = names.filter((table) => staged.has(table) || !stagedByAny.has(table));
  return shown.map((table) => ({ table, kind: staged.has(table) ? 'staged' : 'production' }));
}

function stagedBy(pipelines: readonly Pipeline[]): ReadonlySet<string> {
  return new Set(pipelines.flatMap(({ stagedTables }) => stagedTables.map(({ table }) => table)));
}
