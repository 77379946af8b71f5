import { InvalidConfig, ServiceUnavailable } from '../errors/errors.ts';

/** Refusals that no HTTP status shows, because nothing was sent or the answer lost it. */
const REFUSALS =
  /^(AccessDenied|ResourceNotFound|Validation|InvalidParameter|InvalidClientToken|UnrecognizedClient|CredentialsProviderError|KMS)/;

/** Client errors that say "not now". */
const NOT_NOW = /Throttl|TooManyRequests|RequestLimitExceeded|RequestTimeout|ExpiredToken|LimitExceeded/;

/** Whether DMS knows no such task. */
export function isUnknownTask(error: unknown): boolean {
  return error instanceof Error && error.name.startsWith('ResourceNotFound');
}

/**
 * The typed error for a call of DMS that failed: InvalidConfig where the same call will be refused again, ServiceUnavailable
 * where it may succeed.
 * @param what what DMS was to say
 */
export function toDmsError(what: string, error: unknown): InvalidConfig | ServiceUnavailable {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return isRefusal(error)
    ? new InvalidConfig(`DMS refuses to say ${what}: ${said}`, { cause: error })
    : new ServiceUnavailable(`DMS did not say ${what}: ${said}`, { cause: error });
}

function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error) || NOT_NOW.test(error.name)) return false;
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  return REFUSALS.test(error.name) || (status >= 400 && status < 500 && status !== 408 && status !== 429);
}
