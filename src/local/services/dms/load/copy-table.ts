import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { PostgresConnection } from '../../../contracts.ts';
import type { SourceTable } from '../mapping/select-tables.ts';
import type { TableName } from '../mapping/target-name.ts';
import { quoteName, withClient } from './database-client.ts';
import { SourceError } from './source-error.ts';

/** One table's copy. */
export interface TableCopy {
  readonly source: PostgresConnection;
  readonly target: PostgresConnection;
  readonly from: SourceTable;
  readonly to: TableName;
  /** Ends the copy: both sides are told to cancel. */
  readonly signal: AbortSignal;
  /** Called when the target is empty and before the first row; what it throws is the table's error. */
  readonly beforeRows?: () => void;
}

/**
 * Empties the target table and copies the source table into it, column by column name. Emptying commits by itself, as with
 * TRUNCATE_BEFORE_LOAD: while rows arrive, and after a failure, readers see the empty table.
 * @returns the number of rows
 * @throws SourceError where the source cannot be read; Error for everything that concerns the table alone
 */
export async function copyTable(copy: TableCopy): Promise<number> {
  return withClient(copy.target, (target) =>
    withClient(copy.source, async (source) => {
      const stopCancelling = cancelOnAbort(copy, [source, target]);
      try {
        const columns = await matchColumns(target, copy);
        copy.signal.throwIfAborted();
        await target.query(`TRUNCATE ${qualified(copy.to)}`);
        copy.signal.throwIfAborted();
        copy.beforeRows?.();
        return await streamRows(source, target, copy, columns);
      } finally {
        stopCancelling();
      }
    }),
  );
}

async function streamRows(
  source: Client,
  target: Client,
  copy: TableCopy,
  columns: readonly string[],
): Promise<number> {
  const list = (names: readonly string[]) => names.map(quoteName).join(', ');
  const query = `SELECT ${list(copy.from.columns)} FROM ${qualified(copy.from)}`;
  const rows = source.query(copyTo(`COPY (${query}) TO STDOUT`));
  let sourceError: unknown;
  rows.once('error', (error) => {
    sourceError = error;
  });
  const table = target.query(copyFrom(`COPY ${qualified(copy.to)} (${list(columns)}) FROM STDIN`));
  try {
    await pipeline(rows, table, { signal: copy.signal });
  } catch (error) {
    throw sourceError === error ? new SourceError(error) : error;
  }
  return table.rowCount;
}

const COLUMNS = `
  SELECT a.attname AS name FROM pg_attribute a
  WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped`;

/** The target's columns in the order of the source's. Redshift folds names to lower case, so case does not count. */
async function matchColumns(target: Client, { from, to }: TableCopy): Promise<readonly string[]> {
  const { rows } = await target.query<{ readonly name: string }>(COLUMNS, [qualified(to)]);
  const name = `${to.schema}.${to.name}`;
  if (rows.length === 0) throw new Error(`relation "${name}" does not exist`);
  const byFoldedName = new Map(rows.map((row) => [row.name.toLowerCase(), row.name]));
  return from.columns.map((column) => {
    const match = byFoldedName.get(column.toLowerCase());
    if (match === undefined) throw new Error(`column "${column}" of relation "${name}" does not exist`);
    return match;
  });
}

/** Cancels what both sessions run. Closing the connections would not end a statement that waits for a lock. */
function cancelOnAbort({ signal, target }: TableCopy, clients: readonly Client[]): () => void {
  const cancel = () => {
    const pids = clients.map((client) => Reflect.get(client, 'processID') as number);
    const sql = 'SELECT pg_cancel_backend(pid) FROM unnest($1::integer[]) AS pid';
    // Where even that fails the server is going away, and the sessions with it.
    withClient(target, (client) => client.query(sql, [pids])).catch(() => undefined);
  };
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });
  return () => signal.removeEventListener('abort', cancel);
}

function qualified({ schema, name }: TableName): string {
  return `${quoteName(schema)}.${quoteName(name)}`;
}
