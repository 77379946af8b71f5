import { awsErrorName, describeAwsError, isTransientAwsError } from '../aws-errors/transient-error.ts';
import { InvalidConfig, RedshiftUnavailable } from '../errors/errors.ts';

/**
 * Validation errors that are temporary. Serverless can report throttling as a ValidationException that only mentions
 * ThrottlingException in its text, which no SDK retries. A paused or resuming warehouse can be reported in the same
 * way.
 */
const PASSING_VALIDATION =
  /ThrottlingException|\bis (?:currently )?(?:in (?:the )?)?(?:paused|pausing|resuming|rebooting|resizing|modifying|not available)\b/i;

/** The typed error for a Data API call that failed: RedshiftUnavailable when it may succeed later, else InvalidConfig. */
export function toTypedError(operation: string, error: unknown): RedshiftUnavailable | InvalidConfig {
  const said = describeAwsError(error);
  if (isTransientAwsError(error) || isPassingValidation(error)) {
    return new RedshiftUnavailable(`${operation} cannot be answered now: ${said}`, { cause: error });
  }
  return new InvalidConfig(`${operation} was refused: ${said}`, { cause: error });
}

function isPassingValidation(error: unknown): boolean {
  return awsErrorName(error) === 'ValidationException' && PASSING_VALIDATION.test((error as Error).message);
}
