import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import type { Pipeline } from '../definition/pipeline.ts';
import { LOCAL_CLUSTER, LOCAL_DATABASE } from '../local/local-stage.ts';
import { createSqlRunner } from '../migrations/sql-runner.ts';
import { localClientConfig } from './local-client-config.ts';

export interface TableCount {
  /** `schema.table`. */
  readonly table: string;
  readonly rows: number;
  readonly kind: 'staged' | 'production';
}

/**
 * Row counts of the tables in the schemas that a pipeline stages into: its staged tables, and all the others but those that
 * only other pipelines stage.
 */
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
  const staged = stagedBy([pipeline]);
  const stagedByAny = stagedBy(pipelines);
  const schemas = [...new Set([...staged].map((table) => table.split('.')[0]))];
  const list = schemas.map((schema) => `'${schema}'`).join(', ');
  const names = await runner.query(
    'tables',
    `SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname IN (${list}) ORDER BY 1`,
  );
  const shown = names.flat().filter((table) => staged.has(table) || !stagedByAny.has(table));
  const counts = shown.map(async (table): Promise<TableCount> => {
    const [[rows = ''] = []] = await runner.query(table, `SELECT count(*)::varchar FROM ${table}`);
    return { table, rows: Number(rows), kind: staged.has(table) ? 'staged' : 'production' };
  });
  const all = await Promise.all(counts);
  api.destroy();
  return all;
}

function stagedBy(pipelines: readonly Pipeline[]): ReadonlySet<string> {
  return new Set(pipelines.flatMap(({ stagedTables }) => stagedTables.map(({ table }) => table)));
}
