import { toSqlName } from '../names/sql-name.ts';
import { type Query, type QueryContext, type QueryRequest, queryRows } from './query.ts';

/** Name of the state that counts. It takes the place of a step's name in the statement's name. */
const STATE = 'Verify_Full_Load';

/**
 * Counts the rows of tables in one query.
 * @param tables `schema.name`, validated when the pipeline was defined
 * @returns rows by table
 * @throws as {@link queryRows}
 */
export async function countRows(
  context: QueryContext,
  request: QueryRequest,
  tables: readonly string[],
): Promise<Readonly<Record<string, number>>> {
  const sql = tables
    .map((table) => `SELECT '${table}' AS staged_table, count(*) AS staged_rows FROM ${toSqlName(table)}`)
    .join(' UNION ALL ');
  return queryCounts(context, request, { state: STATE, sql, what: 'counting staged rows' });
}

/** Runs a query that answers names and numbers. @throws as {@link queryRows} */
export async function queryCounts(
  context: QueryContext,
  request: QueryRequest,
  query: Query,
): Promise<Readonly<Record<string, number>>> {
  const rows = await queryRows(context, request, query);
  return Object.fromEntries(rows.map(([name, count]) => [String(name), Number(count)]));
}
