import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { PostgresConnection } from '../../../contracts.ts';
import { quoteIdentifier, withClient } from '../../../warehouse/database-client.ts';
import type { PlannedColumn } from '../mapping/plan-columns.ts';
import type { SelectedTable } from '../mapping/select-tables.ts';
import type { TableName } from '../mapping/target-name.ts';
import type { LoadSettings } from '../task-settings.ts';
import { readLines } from './copy-text.ts';
import { createRowJudge, isRowError, isSkipped, orStop, RowFault, SourceError } from './load-errors.ts';
import { planRows, type SourceRows } from './read-source.ts';
import { copyFittingRows } from './skip-rows.ts';
import { matchColumns, prepareTarget, qualified } from './target-table.ts';

/** One table's copy. */
export interface TableCopy {
  readonly source: PostgresConnection;
  readonly target: PostgresConnection;
  readonly from: SelectedTable;
  readonly planned: readonly PlannedColumn[];
  readonly to: TableName;
  readonly settings: LoadSettings;
  /** Epoch milliseconds: what expressions take for the time of the load. */
  readonly loadedAt: number;
  /** Ends the copy: both sides are told to cancel. */
  readonly signal: AbortSignal;
  /** Called when the target is ready and before the first row; what it throws is the table's error. */
  readonly beforeRows?: () => void;
  /** Gets the reason for each row that is left out. */
  readonly onSkipped: (reason: string) => void;
}

/** Two sessions and what goes from one to the other. */
interface Transfer extends TableCopy {
  readonly sessions: { readonly source: Client; readonly target: Client };
  readonly rows: SourceRows;
  /** The statement that takes the rows. */
  readonly sql: string;
}

/**
 * Prepares the target table as the task's settings say and copies the source's rows into it, column by column name. Rows that do not
 * fit are left out where the settings say so, at the price of a second reading.
 * @returns the number of rows
 * @throws SourceError where the source cannot be read; StoppedByPolicy where a policy says so; Error for everything else that concerns
 *   the table
 */
export async function copyTable(copy: TableCopy): Promise<number> {
  const rows = planRows(copy.from, copy.planned, copy.loadedAt);
  return withClient(copy.target, (target) =>
    withClient(copy.source, async (source) => {
      const stopCancelling = cancelOnAbort(copy, [source, target]);
      try {
        const { from, to, planned, settings } = copy;
        copy.signal.throwIfAborted();
        const table = await prepareTarget(target, { to, planned, key: from.table.key, settings });
        copy.signal.throwIfAborted();
        copy.beforeRows?.();
        const columns = matchColumns(table, rows.columns).map(quoteIdentifier).join(', ');
        const sql = `COPY ${qualified(table)} (${columns}) FROM STDIN`;
        return await transferRows({ ...copy, sessions: { source, target }, rows, sql });
      } finally {
        stopCancelling();
      }
    }),
  );
}

/** All rows at once, and where one of them does not fit and may be left out, once more in small parts. */
async function transferRows(transfer: Transfer): Promise<number> {
  try {
    return await streamRows(transfer);
  } catch (error) {
    if (transfer.signal.aborted || !isSkipped(error, transfer.settings))
      throw orStop(error, transfer.settings);
  }
  const { judge } = createRowJudge(transfer.settings);
  return fromSource(transfer, (rows) =>
    copyFittingRows(rows, {
      target: transfer.sessions.target,
      sql: transfer.sql,
      signal: transfer.signal,
      complete: transfer.rows.complete,
      judge(error) {
        judge(error);
        transfer.onSkipped((error as Error).message);
      },
    }),
  );
}

async function streamRows(transfer: Transfer): Promise<number> {
  const { complete } = transfer.rows;
  const table = transfer.sessions.target.query(copyFrom(transfer.sql));
  const { signal } = transfer;
  return fromSource(transfer, async (rows) => {
    if (complete) await pipeline(rows, (chunks) => completed(chunks, complete), table, { signal });
    else await pipeline(rows, table, { signal });
    return table.rowCount;
  });
}

async function* completed(chunks: AsyncIterable<Uint8Array>, complete: (line: string) => string) {
  for await (const lines of readLines(chunks)) {
    try {
      yield lines.map((line) => `${complete(line)}\n`).join('');
    } catch (error) {
      throw new RowFault((error as Error).message);
    }
  }
}

/** Reads the table. What the source says of a row's values is the table's error, everything else the source's. */
async function fromSource<T>(
  { sessions, rows: { query } }: Transfer,
  use: (rows: ReturnType<typeof copyTo>) => Promise<T>,
): Promise<T> {
  const rows = sessions.source.query(copyTo(`COPY (${query}) TO STDOUT`));
  let sourceError: unknown;
  rows.once('error', (error) => {
    sourceError = error;
  });
  try {
    return await use(rows);
  } catch (error) {
    if (sourceError !== error) throw error;
    throw isRowError(error) ? new Error((error as Error).message, { cause: error }) : new SourceError(error);
  }
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
