import { InvalidConfig, RedshiftUnavailable } from '../errors/errors.ts';

/** API errors that say "not now": by name, whatever their HTTP status. */
const TRANSIENT_NAMES: ReadonlySet<string> = new Set([
  'ActiveSessionsExceededException',
  'ActiveStatementsExceededException',
  'ActiveWaitingRequestsExceededException',
  'BatchExecuteStatementException',
  'DatabaseConnectionException',
  'ExecuteStatementException',
  'InternalServerException',
  'QueryTimeoutException',
  'RequestTimeout',
  'ServiceUnavailableException',
  'ThrottlingException',
  'TimeoutError',
  'TooManyRequestsException',
]);

/** Errors of the connection itself, before or instead of an answer. */
const TRANSIENT_CODES: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Name of an AWS or network error, for policies to match. */
export function apiErrorName(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/**
 * Whether the same call may succeed later. Serverless throttling can arrive as a ValidationException that only
 * mentions ThrottlingException in its text, which no SDK retries.
 */
function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, $metadata } = error as { code?: string; $metadata?: { httpStatusCode?: number } };
  return (
    TRANSIENT_NAMES.has(error.name) ||
    TRANSIENT_CODES.has(code ?? '') ||
    ($metadata?.httpStatusCode ?? 0) >= 500 ||
    (error.name === 'ValidationException' && error.message.includes('ThrottlingException'))
  );
}

/** The typed error for a Data API call that failed: RedshiftUnavailable when it may succeed later, else InvalidConfig. */
export function toTypedError(operation: string, error: unknown): RedshiftUnavailable | InvalidConfig {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (isTransient(error)) {
    return new RedshiftUnavailable(`${operation} cannot be answered now: ${said}`, { cause: error });
  }
  return new InvalidConfig(`${operation} was refused: ${said}`, { cause: error });
}
