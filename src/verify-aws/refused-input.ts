import { awsErrorName } from '../aws-errors/transient-error.ts';

/** Errors that say what was sent is not accepted; all others say nothing about it: the permission is missing, or the operation. */
const OF_INPUT = /^(?:Validation|InvalidParameter|LimitExceeded|RequestEntityTooLarge|RequestTooLarge)/;
const TOO_LARGE = 413;

/** Whether a service has refused a request for what is in it. */
export function isRefusedInput(error: unknown): boolean {
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return OF_INPUT.test(awsErrorName(error)) || $metadata?.httpStatusCode === TOO_LARGE;
}
