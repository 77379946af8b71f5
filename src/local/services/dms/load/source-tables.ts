import type { PostgresConnection } from '../../../contracts.ts';
import { withClient } from '../../../warehouse/database-client.ts';
import type { SourceTable } from '../mapping/select-tables.ts';
import { SourceError } from './source-error.ts';

/** Keys: a primary key before a unique index, and of the index only one over whole columns that are never NULL. */
const TABLES = `
  SELECT n.nspname AS schema, c.relname AS name,
         CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END AS kind,
         json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
                  ORDER BY a.attnum) AS columns,
         coalesce((
           SELECT ARRAY(SELECT k.attname::text FROM pg_attribute k
                        WHERE k.attrelid = c.oid AND k.attnum = ANY (i.indkey::smallint[]))
           FROM pg_index i
           WHERE i.indrelid = c.oid AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL
             AND NOT EXISTS (SELECT FROM pg_attribute k WHERE k.attrelid = c.oid
                             AND k.attnum = ANY (i.indkey::smallint[]) AND NOT k.attnotnull)
           ORDER BY i.indisprimary DESC, i.indexrelid LIMIT 1), '{}') AS key
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
    AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
  GROUP BY c.oid, n.nspname, c.relname, c.relkind`;

/** Lists the tables and views of the source database with their columns. @throws SourceError */
export async function readSourceTables(connection: PostgresConnection): Promise<readonly SourceTable[]> {
  try {
    return await withClient(connection, async (client) => (await client.query<SourceTable>(TABLES)).rows);
  } catch (error) {
    throw new SourceError(error);
  }
}
