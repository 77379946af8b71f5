import { types } from 'node:util';

/** The payload of a failed invocation, with the members and in the order of AWS's Node runtime. */
export interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/**
 * Turns whatever a handler threw into the payload that Lambda's Node runtime reports: an error by its `name`, anything
 * else by its type.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
 */
export function errorPayload(thrown: unknown): ErrorPayload {
  try {
    if (types.isNativeError(thrown) || looksLikeError(thrown)) {
      return {
        errorType: thrown.name,
        errorMessage: thrown.message,
        trace: (thrown.stack ?? '').split('\n'),
      };
    }
    return { errorType: typeof thrown, errorMessage: (thrown as object).toString(), trace: [] };
  } catch {
    return {
      errorType: 'handled',
      errorMessage: 'the error that was thrown has a name, message or stack that cannot be read',
      trace: [],
    };
  }
}

/** An error of the runtime itself, named `Runtime.<kind>`. */
export function runtimeError(kind: string, message: string): Error {
  const error = new Error(message);
  error.name = `Runtime.${kind}`;
  return error;
}

function looksLikeError(value: unknown): value is Error {
  if (typeof value !== 'object' || value === null) return false;
  const { name, message, stack } = value as Partial<Error>;
  return [name, message, stack].every((text) => typeof text === 'string' && text !== '');
}
