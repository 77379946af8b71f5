import { describeAwsError, isRefusal } from '../aws-errors/transient-error.ts';
import { InvalidConfig, ServiceUnavailable } from '../errors/errors.ts';

/** Whether DMS knows no such task. */
export function isUnknownTask(error: unknown): boolean {
  return error instanceof Error && error.name.startsWith('ResourceNotFound');
}

/**
 * The typed error for a DMS call that failed: InvalidConfig when the same call will be refused again,
 * ServiceUnavailable when it may succeed later.
 * @param what what DMS was asked for
 */
export function toDmsError(what: string, error: unknown): InvalidConfig | ServiceUnavailable {
  const said = describeAwsError(error);
  return isRefusal(error)
    ? new InvalidConfig(`DMS refuses to say ${what}: ${said}`, { cause: error })
    : new ServiceUnavailable(`DMS did not say ${what}: ${said}`, { cause: error });
}
