import { awsErrorName, describeAwsError, isTransientAwsError } from '../aws-errors/transient-error.ts';
import { InvalidConfig, RedshiftUnavailable } from '../errors/errors.ts';

/**
 * Validation errors that pass: throttling of Serverless can arrive as one that only mentions ThrottlingException in its text,
 * which no SDK retries, and so may a warehouse that is paused or on its way back.
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
