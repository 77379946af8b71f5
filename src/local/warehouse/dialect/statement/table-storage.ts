import type { Token } from '../../../../sql-lexer.ts';
import { quoteIdentifier } from '../../database-client.ts';
import { WarehouseError } from '../../warehouse-error.ts';
import { notRedshift } from '../sql-error.ts';
import { sql } from '../token/token-list.ts';

/** How a table is stored: it changes no result here, but its parts must fit together. */
export interface Storage {
  style?: string;
  readonly distKeys: string[];
  readonly sortKeys: string[];
  /** Columns with SORTKEY of their own, beside SORTKEY (…) of the table. */
  readonly sortKeyColumns: string[];
  isInterleaved?: boolean;
}

export function createStorage(): Storage {
  return { distKeys: [], sortKeys: [], sortKeyColumns: [] };
}

/**
 * https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html
 * @param columns undefined where the columns are those of a query
 * @throws WarehouseError
 */
export function checkStorage(storage: Storage, columns?: ReadonlySet<string>): void {
  const { style, distKeys, sortKeys, sortKeyColumns, isInterleaved } = storage;
  if (distKeys.length > 1) throw notRedshift('A second DISTKEY', 'name one column');
  if (distKeys.length > 0 && style !== undefined && style !== 'key')
    throw notRedshift(
      `DISTSTYLE ${style.toUpperCase()} with a DISTKEY`,
      'write DISTSTYLE KEY, or leave out the DISTKEY',
    );
  if (style === 'key' && distKeys.length === 0)
    throw notRedshift('DISTSTYLE KEY without a DISTKEY', 'name its column');
  if (sortKeys.length > 0 && sortKeyColumns.length > 0)
    throw notRedshift('SORTKEY of a column and of the table', 'leave out one of them');
  const most = isInterleaved ? 8 : 400;
  if (sortKeys.length > most) throw notRedshift(`A SORTKEY of more than ${most} columns`, 'name fewer');
  const missing = [...distKeys, ...sortKeys].find((name) => columns?.has(name) === false);
  if (missing !== undefined)
    throw new WarehouseError(`ERROR: column "${missing}" named in key does not exist`, { sqlState: '42703' });
}

/**
 * A query whose columns must include those of the keys: r_CREATE_TABLE_AS. The server looks them up in a query that it never runs.
 * @param columns their names in parentheses, if they have others than in the query
 * @throws WarehouseError
 */
export function checkKeys(
  query: readonly Token[],
  storage: Storage,
  columns: readonly Token[] = [],
): readonly Token[] {
  checkStorage(storage);
  const names = [...storage.distKeys, ...storage.sortKeys].map(quoteIdentifier).join(', ');
  if (names === '') return query;
  return sql`WITH keys AS (SELECT ${names} FROM (${query}) AS made${columns}) SELECT * FROM (${query}) AS made`;
}

const WHOLE = 'smallint int2 integer int int4 bigint int8';
const DECIMALS = 'numeric decimal';
const TIMES = 'date timestamp timestamptz timestamp without time zone timestamp with time zone datetime';
const TEXTS = 'char character nchar bpchar varchar character varying nvarchar text';

/** The types that an encoding is for: https://docs.aws.amazon.com/redshift/latest/dg/c_Compression_encodings.html */
const FITTING: Readonly<Record<string, string>> = {
  az64: `${WHOLE} ${DECIMALS} ${TIMES} time timetz`,
  bytedict: `${WHOLE} ${DECIMALS} real float4 double precision float8 float ${TIMES} char character nchar bpchar varchar character varying nvarchar text`,
  delta: `${WHOLE} ${DECIMALS} ${TIMES}`,
  delta32k: `integer int int4 bigint int8 ${DECIMALS} ${TIMES}`,
  lzo: `${WHOLE} ${DECIMALS} ${TIMES} ${TEXTS} time timetz`,
  mostly8: `${WHOLE} ${DECIMALS}`,
  mostly16: `integer int int4 bigint int8 ${DECIMALS}`,
  mostly32: `bigint int8 ${DECIMALS}`,
  text255: 'varchar character varying nvarchar text',
  text32k: 'varchar character varying nvarchar text',
};

/** @param type as it was read, with its size @throws WarehouseError */
export function checkEncoding(encoding: string, type: string): void {
  const [name = ''] = type.toLowerCase().split('(');
  const fitting = FITTING[encoding];
  if (fitting === undefined || ` ${fitting} `.includes(` ${name.trim()} `)) return;
  throw new WarehouseError(
    `ERROR: invalid encoding type specified for column of type ${name.trim()}: ${encoding}`,
    {
      sqlState: '42601',
    },
  );
}
