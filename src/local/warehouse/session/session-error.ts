import { DatabaseError } from 'pg';
import { WarehouseError } from '../warehouse-error.ts';
import { ResultTooLarge } from './statement-query.ts';

export interface FailedStatement {
  readonly queryId: number;
  readonly pid: number;
  readonly cancelRequested: boolean;
}

const CANCELLED = '57014';

/** Turns what the driver rejected with into Redshift's words. */
export function toWarehouseError(error: unknown, statement: FailedStatement): WarehouseError {
  if (error instanceof WarehouseError) return error;
  if (error instanceof ResultTooLarge) return new WarehouseError(`ERROR: ${error.message}`, { cause: error });
  if (!(error instanceof DatabaseError)) {
    return new WarehouseError(
      `ERROR: the connection to the cluster was lost: ${String((error as Error)?.message)}`,
      {
        sqlState: '08006',
        cause: error,
      },
    );
  }
  if (error.code === CANCELLED && statement.cancelRequested) {
    return new WarehouseError(`ERROR: Query (${statement.queryId}) cancelled on user's request`, {
      sqlState: CANCELLED,
      cancelled: true,
      cause: error,
    });
  }
  return new WarehouseError(describe(error), {
    ...(error.code ? { sqlState: error.code } : {}),
    cause: error,
  });
}

function describe(error: DatabaseError): string {
  const parts = [`ERROR: ${error.message}`];
  if (error.detail) parts.push(`Detail: ${error.detail}`);
  if (error.hint) parts.push(`Hint: ${error.hint}`);
  if (error.where) parts.push(`Where: ${error.where}`);
  return parts.join('\n');
}
