import type { Session, SqlResult, Warehouse } from '../../local/index.ts';
import { LOCAL_DATABASE } from '../../local-stage/local-stage.ts';

/** Users of the warehouse that a statement may be run as; the first one is the default. */
export const SQL_USERS = ['owner', 'runtime', 'dms'] as const;

/** Seconds that a statement may take. */
export const SQL_SECONDS = 30;
/** Rows that are shown of a result. */
export const SHOWN_ROWS = 200;
/** Bytes of a result. A larger one ends in an error of the warehouse. */
const MAX_RESULT_BYTES = 16 * 2 ** 20;

export interface SqlRequest {
  readonly sql: string;
  readonly user: string;
  readonly mayWrite: boolean;
  /** Milliseconds until it is cancelled. */
  readonly limitMs: number;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** How a statement went: its result, or the error in the warehouse's words. */
export type SqlAnswer =
  | { readonly result: SqlResult; readonly ms: number }
  | { readonly error: string; readonly ms: number; readonly isLate: boolean };

/**
 * Runs one statement in a session of its own. Unless it may write, it runs in a transaction that can only read, and that is rolled
 * back.
 */
export async function runSql(warehouse: Warehouse, request: SqlRequest): Promise<SqlAnswer> {
  const begun = performance.now();
  const ms = () => performance.now() - begun;
  const limit = AbortSignal.timeout(request.limitMs);
  try {
    const result = await runInSession(warehouse, request, AbortSignal.any([limit, request.signal]));
    return { result, ms: ms() };
  } catch (error) {
    return { error: (error as Error).message, ms: ms(), isLate: limit.aborted };
  }
}

async function runInSession(
  warehouse: Warehouse,
  { sql, user, mayWrite }: SqlRequest,
  signal: AbortSignal,
): Promise<SqlResult> {
  const settings = { isReadOnly: !mayWrite, maxResultBytes: MAX_RESULT_BYTES };
  const session = await warehouse.open(LOCAL_DATABASE, user, settings);
  try {
    if (!mayWrite) await session.begin();
    return await cancelWith(signal, session, () => session.execute(sql));
  } finally {
    await session.close();
  }
}

async function cancelWith<T>(signal: AbortSignal, session: Session, work: () => Promise<T>): Promise<T> {
  // A session that is lost has nothing to cancel.
  const cancel = () => void session.cancel().catch(() => {});
  const running = work();
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  try {
    return await running;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
