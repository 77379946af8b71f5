import type { PostgresConnection } from '../../contracts.ts';

/** A running PostgreSQL server with the warehouse's databases and users. */
export interface DatabaseServer {
  /** How to connect as one of the users. */
  connection(database: string, user: string): PostgresConnection;
  /** How to connect as the superuser who answers sessions. */
  admin(database: string): PostgresConnection;
  /** Resolves with the reason when the server has ended without being stopped. */
  readonly lost: Promise<WarehouseServerError>;
  /** Stops what was started, removes what was made. */
  close(): Promise<void>;
}

/** Why the local warehouse could not be started; what to do about it stands in the message. */
export type ServerProblem =
  | 'unsupported-platform'
  | 'missing-package'
  | 'disk-full'
  | 'cannot-start'
  | 'given-server'
  | 'server-lost';

/** Thrown by `createWarehouse`: no server, so no session either. Or the server is there no more. */
export class WarehouseServerError extends Error {
  override readonly name = 'WarehouseServerError';
  readonly problem: ServerProblem;

  constructor(problem: ServerProblem, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.problem = problem;
  }
}

/** True for an error, or a server's log, that says the disk has no room left. */
export function saysDiskFull(problem: unknown): boolean {
  const text =
    problem instanceof Error
      ? `${(problem as NodeJS.ErrnoException).code} ${problem.message}`
      : String(problem);
  return /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/i.test(text);
}

const NAMELESS_USER_HINT =
  '(PostgreSQL wants a user with a name: add one to /etc/passwd for this user id, run as root, or set LOCAL_PG_URL.)';

/** Names a failed start: a full disk by its own name, anything else with the end of the server's log. */
export function startFailure(doing: string, detail: string, cause?: unknown): WarehouseServerError {
  if (saysDiskFull(detail) || saysDiskFull(cause)) {
    return new WarehouseServerError(
      'disk-full',
      `The local warehouse could not be started: the disk is full (${doing}). Free some space, or point TMPDIR at a larger disk.`,
      { cause },
    );
  }
  const hint = detail.includes('could not look up effective user ID') ? ` ${NAMELESS_USER_HINT}` : '';
  return new WarehouseServerError(
    'cannot-start',
    `The local warehouse could not be started (${doing}): ${detail.trim() || String(cause ?? 'no message')}${hint}`,
    { cause },
  );
}

const LAST_LINES = 5;

/**
 * A server that ended by itself. It is not started again: its last commits were in its memory only (synchronous_commit is off),
 * and a statement that was said to be finished would not have been.
 */
export function serverLost(log: string): WarehouseServerError {
  const lines = log.trim().split('\n').slice(-LAST_LINES).join('\n  ');
  return new WarehouseServerError(
    'server-lost',
    `The PostgreSQL of the local warehouse has ended by itself, and what it held is gone: start again. Its last words:\n  ${lines}`,
  );
}
