import type { SqlColumn } from '../../contracts.ts';
import { withLongNames } from '../dialect/token/long-names.ts';
import type { Field, RawResult } from './statement-query.ts';

/** Where a result column comes from, if it is a table's column. */
export interface ColumnOrigin {
  readonly schemaName: string;
  readonly tableName: string;
  readonly nullable: boolean;
}

interface ColumnType {
  readonly typeName: string;
  readonly precision: number;
  readonly scale?: number;
}

const VARCHAR = 1043;
const BPCHAR = 1042;
const NUMERIC = 1700;
const MODIFIER_HEADER = 4;

/** Redshift's names and sizes of PostgreSQL's types, by type OID. */
const TYPES: Readonly<Record<number, ColumnType>> = {
  16: { typeName: 'bool', precision: 1 },
  18: { typeName: 'char', precision: 1 },
  19: { typeName: 'name', precision: 63 },
  20: { typeName: 'int8', precision: 19 },
  21: { typeName: 'int2', precision: 5 },
  23: { typeName: 'int4', precision: 10 },
  25: { typeName: 'varchar', precision: 0 },
  26: { typeName: 'oid', precision: 10 },
  700: { typeName: 'float4', precision: 8, scale: 8 },
  701: { typeName: 'float8', precision: 17, scale: 17 },
  1082: { typeName: 'date', precision: 13 },
  1083: { typeName: 'time', precision: 15, scale: 6 },
  1114: { typeName: 'timestamp', precision: 29, scale: 6 },
  1184: { typeName: 'timestamptz', precision: 35, scale: 6 },
  1186: { typeName: 'interval', precision: 49, scale: 6 },
  1266: { typeName: 'timetz', precision: 21, scale: 6 },
  2278: { typeName: 'void', precision: 0 },
};

/** Describes a result column as the Data API does. */
export function describeColumn(field: Field, origin: ColumnOrigin | undefined): SqlColumn {
  const { typeName, precision, scale } = typeOf(field);
  return {
    name: withLongNames(field.name),
    typeName,
    precision,
    scale: scale ?? 0,
    nullable: origin?.nullable ?? true,
    schemaName: origin?.schemaName ?? '',
    tableName: withLongNames(origin?.tableName ?? ''),
  };
}

function typeOf({ dataTypeID, dataTypeModifier }: Field): ColumnType {
  const size = dataTypeModifier - MODIFIER_HEADER;
  if (dataTypeID === VARCHAR) return { typeName: 'varchar', precision: Math.max(size, 0) };
  if (dataTypeID === BPCHAR) return { typeName: 'bpchar', precision: Math.max(size, 0) };
  if (dataTypeID !== NUMERIC) return TYPES[dataTypeID] ?? { typeName: 'varchar', precision: 0 };
  if (size < 0) return { typeName: 'numeric', precision: 38, scale: 0 };
  return { typeName: 'numeric', precision: size >> 16, scale: size & 0x7ff };
}

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
