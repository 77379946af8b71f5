import type { PostgresConnection } from '../../../contracts.ts';
import type { SourceTable } from '../mapping/select-tables.ts';
import { withClient } from './database-client.ts';
import { SourceError } from './source-error.ts';

const TABLES = `
  SELECT n.nspname AS schema, c.relname AS name,
         CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END AS kind,
         array_agg(a.attname::text ORDER BY a.attnum) AS columns
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
    AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
  GROUP BY n.nspname, c.relname, c.relkind`;

/** Lists the tables and views of the source database with their columns. @throws SourceError */
export async function readSourceTables(connection: PostgresConnection): Promise<readonly SourceTable[]> {
  try {
    return await withClient(connection, async (client) => (await client.query<SourceTable>(TABLES)).rows);
  } catch (error) {
    throw new SourceError(error);
  }
}
