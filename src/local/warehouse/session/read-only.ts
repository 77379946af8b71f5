import { lex } from '../../../sql-lexer.ts';
import { WarehouseError } from '../warehouse-error.ts';
import { beginBlock, type Send } from './transaction.ts';

/**
 * Opens a transaction block that can only read. A transaction may not be made one that writes once it has taken its snapshot, which
 * the query makes sure of. Procedures and blocks of code cannot end it, because they did not begin it.
 */
export async function beginReading(send: Send): Promise<void> {
  await beginBlock(send);
  await send('SELECT 1');
}

/** They write nothing, and end the work of others. */
const ENDS_SESSIONS = /^(?:u&)?"?pg_(?:terminate|cancel)_backend"?$/i;

/** Refuses what the server takes in a transaction that only reads, although it changes something. @throws WarehouseError */
export function refuseEndingSessions(sql: string): void {
  const found = lex(sql).find(
    ({ kind, text }) =>
      (kind === 'word' || kind === 'name') && (ENDS_SESSIONS.test(text) || /^u&.*\\/is.test(text)),
  );
  if (found === undefined) return;
  throw new WarehouseError(`ERROR: cannot execute ${found.text} in a read-only transaction`, {
    sqlState: '25006',
  });
}
