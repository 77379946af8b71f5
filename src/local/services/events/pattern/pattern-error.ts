import { AwsError } from '../../../aws-error.ts';

/** The error for a pattern that EventBridge would not take; `at` names the field, e.g. `detail.eventType`. */
export function patternError(reason: string, at: readonly string[]): AwsError {
  const where = at.length === 0 ? '' : ` at ${at.join('.')}`;
  return new AwsError(
    'InvalidEventPatternException',
    `Event pattern is not valid. Reason: ${reason}${where}`,
  );
}
