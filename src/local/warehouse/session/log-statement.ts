import type { SqlResult } from '../../contracts.ts';
import { WarehouseError } from '../warehouse-error.ts';
import type { EndedQuery, QueryLog } from './query-log.ts';

/** Runs a statement and notes how it ended. */
export async function logStatement(
  log: QueryLog,
  statement: Pick<EndedQuery, 'queryId' | 'user' | 'pid' | 'sql'>,
  run: () => Promise<SqlResult>,
): Promise<SqlResult> {
  const startedAt = Date.now();
  const before = performance.now();
  const add = (outcome: Pick<EndedQuery, 'command' | 'status' | 'returnedRows' | 'error'>) =>
    log.add({
      ...statement,
      ...outcome,
      startedAt,
      endedAt: Date.now(),
      elapsedMs: performance.now() - before,
    });
  try {
    const result = await run();
    const { command, rows = [] } = result;
    add({ command, status: 'success', returnedRows: rows.length, error: undefined });
    return result;
  } catch (error) {
    const command = /^\s*(\w+)/.exec(statement.sql)?.[1]?.toUpperCase();
    const status = error instanceof WarehouseError && error.cancelled ? 'canceled' : 'failed';
    add({ command, status, returnedRows: 0, error: (error as Error).message });
    throw error;
  }
}

/** What reads the log waits until it is written. */
export function readsLog(sql: string): boolean {
  return /\bsys_query_(history|detail)\b/i.test(sql);
}
