/**
 * Names of errors that say "not now", of all services that are called. They count by name, whatever their HTTP
 * status.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const TRANSIENT_NAMES: ReadonlySet<string> = new Set([
  // the Data API
  'ActiveSessionsExceededException',
  'ActiveStatementsExceededException',
  'ActiveWaitingRequestsExceededException',
  'BatchExecuteStatementException',
  'DatabaseConnectionException',
  'ExecuteStatementException',
  'QueryTimeoutException',
  // Step Functions, SNS, DMS
  'ExecutionLimitExceeded',
  'InternalErrorException',
  'KMSThrottlingException',
  'KMSThrottlingFault',
  'KmsThrottlingException',
  // any; an expired token is renewed before the next invocation
  'ExpiredToken',
  'ExpiredTokenException',
  'InternalFailure',
  'InternalServerException',
  'LimitExceededException',
  'RequestLimitExceeded',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  // the SDK's own, of a request without an answer
  'AbortError',
  'NetworkingError',
  'TimeoutError',
]);

/** Errors of the connection itself, before or instead of an answer. */
const TRANSIENT_CODES: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ERR_SOCKET_CONNECTION_TIMEOUT',
  'ETIMEDOUT',
]);

/** How many levels of causes are searched for an error. */
const DEPTH = 4;

interface AwsErrorFields {
  readonly code?: unknown;
  readonly errors?: unknown;
  readonly $fault?: unknown;
  readonly $retryable?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Name of an AWS or network error, for policies to match. */
export function awsErrorName(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/** An error's name and message, for people. */
export function describeAwsError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/**
 * Whether the same call may succeed later: throttling, a server's failure, a connection that failed or broke. The
 * error of a connection may be one of several addresses' errors, or the cause of another error.
 */
export function isTransientAwsError(error: unknown, depth = DEPTH): boolean {
  if (!(error instanceof Error) || depth === 0) return false;
  const { code, errors, $retryable } = error as AwsErrorFields;
  const status = httpStatus(error);
  return (
    TRANSIENT_NAMES.has(error.name) ||
    TRANSIENT_CODES.has(String(code)) ||
    $retryable !== undefined ||
    status >= 500 ||
    status === 429 ||
    [error.cause, ...(Array.isArray(errors) ? errors : [])].some((inner) =>
      isTransientAwsError(inner, depth - 1),
    )
  );
}

/** Names of errors with which services refuse a call for good. */
const REFUSALS =
  /^(?:AccessDenied|Authorization|CredentialsProviderError|Invalid|KMS|Kms|NotFound|ResourceNotFound|UnrecognizedClient|Validation)|DoesNotExist$/;

/** Whether a service has answered that the call is wrong or not allowed. The same call will be refused again. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error) || isTransientAwsError(error)) return false;
  const status = httpStatus(error);
  return (
    (error as AwsErrorFields).$fault === 'client' ||
    (status >= 400 && status < 500) ||
    REFUSALS.test(error.name)
  );
}

function httpStatus(error: Error): number {
  return (error as AwsErrorFields).$metadata?.httpStatusCode ?? 0;
}
