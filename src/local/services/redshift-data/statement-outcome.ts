import type { SqlResult } from '../../contracts.ts';
import { WarehouseError } from '../../warehouse/warehouse-error.ts';
import { keepResult, type ResultLimits } from './result/result-set.ts';
import { end, hasEnded, type Progress, type StoredStatement } from './statement.ts';

/**
 * What a SQL that ran shows: counts, and the rows it returned.
 * @throws WarehouseError when its result is too large for the Data API
 */
export function readOutcome(result: SqlResult, limits: ResultLimits): Partial<Progress> {
  const { columns, rows, rowCount } = result;
  if (columns === undefined) {
    return { rows: rowCount, resultSize: rowCount < 0 ? -1 : 0, hasResultSet: false };
  }
  const kept = keepResult(columns, rows ?? [], limits);
  return { rows: rowCount, resultSize: kept.size, hasResultSet: true, result: kept };
}

/** What a SQL that failed shows; one that was cancelled is ABORTED. */
export function failureOutcome(error: unknown): Pick<Progress, 'status'> & { error: string } {
  return { status: wasCancelled(error) ? 'ABORTED' : 'FAILED', error: (error as Error).message };
}

/** What a batch shows as its own error. @param number of the SQL that failed, counted from 1 */
export function batchError(error: unknown, number: number): WarehouseError {
  const { message } = error as Error;
  return new WarehouseError(`Query #${number} failed with ${message}`, {
    cancelled: wasCancelled(error),
    cause: error,
  });
}

export const wasCancelled = (error: unknown) => error instanceof WarehouseError && error.cancelled;

/** Between two SQL texts nothing runs that the server could cancel. @throws WarehouseError */
export function stopIfCancelled(statement: StoredStatement): void {
  if (statement.cancelRequested) {
    throw new WarehouseError("ERROR: Query cancelled on user's request", { cancelled: true });
  }
}

/** What a batch has not come to does not run any more. */
export function abortRemaining(statement: StoredStatement, now: number): void {
  for (const { progress } of statement.parts) {
    if (progress !== statement.progress && !hasEnded(progress)) end(progress, { status: 'ABORTED' }, now);
  }
}
