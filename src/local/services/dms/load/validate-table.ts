import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { quoteIdentifier, withClient } from '../../../warehouse/database-client.ts';
import type { TableCopy } from './copy-table.ts';
import { planRows } from './read-source.ts';
import { copyFittingRows } from './skip-rows.ts';
import { findTarget, matchColumns, qualified } from './target-table.ts';

/** How DMS says that a table of the target compares with the source: those of its words that come up here. */
type ValidationState =
  | 'Not enabled'
  | 'Pending validation'
  | 'Mismatched records'
  | 'No primary key'
  | 'Table error'
  | 'Validated'
  | 'Error';

/** What came of comparing a table. */
export interface Validation {
  readonly state: ValidationState;
  /** Keys whose rows differ, or are on one side alone. */
  readonly failed: number;
}

/**
 * Compares a table with its source, row by row, as DMS does after a full load. The source's rows are read again into a temporary
 * table with the target's types, so that only values count.
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Validating.html
 */
export async function validateTable(copy: TableCopy): Promise<Validation> {
  const key = keyOf(copy);
  if (key.length === 0) return { state: 'No primary key', failed: 0 };
  const failed = await withClient(copy.target, (target) =>
    withClient(copy.source, (source) => countDifferences(source, target, copy, key)),
  );
  return { state: failed === 0 ? 'Validated' : 'Mismatched records', failed };
}

/** Names of the key's columns in the target; none where a part of the key does not arrive. */
function keyOf({ from, planned }: TableCopy): readonly string[] {
  const names = from.table.key.map((column) => planned.find(({ source }) => source?.name === column)?.name);
  return names.every((name) => name !== undefined) ? names : [];
}

async function countDifferences(
  source: Client,
  target: Client,
  copy: TableCopy,
  key: readonly string[],
): Promise<number> {
  const table = await findTarget(target, copy.to);
  if (!table) throw new Error(`relation "${copy.to.schema}.${copy.to.name}" does not exist`);
  const { query, columns, complete } = planRows(copy.from, copy.planned, copy.loadedAt);
  const list = matchColumns(table, columns).map(quoteIdentifier).join(', ');
  await target.query(`CREATE TEMP TABLE of_source AS SELECT ${list} FROM ${qualified(table)} WITH NO DATA`);
  const rows = source.query(copyTo(`COPY (${query}) TO STDOUT`));
  let unfit = 0;
  await pipeline(
    rows,
    async (chunks: AsyncIterable<Uint8Array>) =>
      void (await copyFittingRows(chunks, {
        target,
        sql: `COPY of_source (${list}) FROM STDIN`,
        signal: copy.signal,
        complete,
        judge() {
          unfit += 1;
        },
      })),
  );
  const keys = matchColumns(table, key).map(quoteIdentifier).join(', ');
  const [here, there] = [`SELECT ${list} FROM ${qualified(table)}`, `SELECT ${list} FROM of_source`];
  const difference = (one: string, other: string) => `(${one} EXCEPT ALL ${other})`;
  const { rows: counted } = await target.query<{ readonly keys: number }>(`
    SELECT count(DISTINCT (${keys}))::integer AS keys
    FROM (${difference(here, there)} UNION ALL ${difference(there, here)}) AS differences`);
  return unfit + (counted[0]?.keys ?? 0);
}
