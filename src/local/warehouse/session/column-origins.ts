import type { ColumnOrigin } from './columns.ts';
import type { Field, RawResult } from './statement-query.ts';

/** What is known about a database's tables, by table OID and column number. Shared by its sessions. */
export type OriginCache = Map<string, ColumnOrigin>;

const LOOKUP = `
  SELECT a.attrelid, a.attnum, n.nspname, c.relname, a.attnotnull
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE a.attrelid = ANY ($1::oid[]) AND a.attnum > 0`;

const CACHE_LIMIT = 10_000;

/** Finds the table columns behind result columns; asks the server only about tables it has not seen. */
export async function findOrigins(
  fields: readonly Field[],
  cache: OriginCache,
  query: (text: string, values: readonly string[]) => Promise<RawResult>,
): Promise<readonly (ColumnOrigin | undefined)[]> {
  const unknown = fields.filter(
    (field) => field.tableID !== 0 && !cache.has(keyOf(field.tableID, field.columnID)),
  );
  if (unknown.length > 0) {
    if (cache.size > CACHE_LIMIT) cache.clear();
    const tables = [...new Set(unknown.map((field) => field.tableID))];
    for (const row of (await query(LOOKUP, [`{${tables.join(',')}}`])).rows) {
      const [table, column, schemaName, tableName, notNull] = row;
      cache.set(keyOf(table, column), {
        schemaName: schemaName ?? '',
        tableName: tableName ?? '',
        nullable: notNull !== 't',
      });
    }
  }
  return fields.map((field) => cache.get(keyOf(field.tableID, field.columnID)));
}

function keyOf(table: unknown, column: unknown): string {
  return `${table}.${column}`;
}
