import type { Translated } from '../dialect/translate.ts';
import { WarehouseError } from '../warehouse-error.ts';
import type { RawResult } from './statement-query.ts';

/** Sends a statement to the server as it is. */
export type Send = (text: string, values?: readonly string[]) => Promise<RawResult>;

/** Opens a transaction block. Procedures see from the setting that their caller owns the transaction. */
export async function beginBlock(send: Send): Promise<void> {
  await send('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await send("SET LOCAL local_warehouse.block = 'on'");
}

/** @throws WarehouseError when a statement of the block has failed, so that nothing can be committed */
export async function commitBlock(send: Send): Promise<void> {
  const { tag } = await send('COMMIT');
  if (tag !== 'ROLLBACK') return;
  throw new WarehouseError(
    'ERROR: current transaction is aborted, commands ignored until end of transaction block',
    {
      sqlState: '25P02',
    },
  );
}

/** Runs a statement that has to do with the session's transaction. `isInBlock` is true inside a transaction block. */
export async function runControlled(
  statement: Translated,
  isInBlock: boolean,
  send: Send,
): Promise<RawResult> {
  switch (statement.control) {
    case 'begin':
      if (!isInBlock) await beginBlock(send);
      return NOTHING;
    case 'commit':
      await commitBlock(send);
      return NOTHING;
    case 'rollback':
      await send('ROLLBACK');
      return NOTHING;
    case 'truncate':
      return truncate(statement, isInBlock, send);
    case 'lock':
      return lock(statement, isInBlock, send);
    default:
      if (isInBlock)
        throw new WarehouseError(`ERROR: ${statement.command} cannot run inside a transaction block`, {
          sqlState: '25001',
        });
      return send(statement.text, statement.values);
  }
}

const NOTHING: RawResult = { tag: '', fields: undefined, rows: [] };

/** A LOCK by itself is held for nothing, but it waits, and it finds out whether it may. */
async function lock(statement: Translated, isInBlock: boolean, send: Send): Promise<RawResult> {
  if (isInBlock) return send(statement.text, statement.values);
  await beginBlock(send);
  try {
    return await send(statement.text, statement.values);
  } finally {
    await send('ROLLBACK');
  }
}

/** TRUNCATE commits what was done before it and itself; what follows is a new transaction. */
async function truncate(statement: Translated, isInBlock: boolean, send: Send): Promise<RawResult> {
  const result = await send(statement.text, statement.values);
  if (isInBlock) {
    await commitBlock(send);
    await beginBlock(send);
  }
  return result;
}
