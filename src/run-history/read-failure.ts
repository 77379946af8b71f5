import type { Failure } from './run.ts';

/** Error and cause of an event. A Lambda function's error arrives as JSON in the cause. */
export function readFailure(details: { readonly error?: unknown; readonly cause?: unknown }): Failure {
  const cause = String(details.cause ?? '');
  const { errorMessage } = readObject(cause);
  return {
    error: String(details.error ?? 'States.Unknown'),
    cause: typeof errorMessage === 'string' ? errorMessage : cause,
  };
}

/**
 * The members of a JSON object in a text. Empty if the text holds something else, or if the history leaves the data
 * out.
 */
export function readObject(json: unknown): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(String(json)));
  } catch {
    return {};
  }
}
