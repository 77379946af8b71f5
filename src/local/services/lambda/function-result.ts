import type { FunctionResult } from '../../contracts.ts';
import type { SandboxOutcome } from './sandbox.ts';

/** Largest answer in bytes: 6 MB and a little for the envelope. */
const MAX_ANSWER_BYTES = 6_291_556;

/** What a caller gets for an invocation that ended. */
export function functionResult({ result, payload }: SandboxOutcome): FunctionResult {
  if (result === 'answer')
    return Buffer.byteLength(payload, 'utf8') > MAX_ANSWER_BYTES ? TOO_LARGE : { payload };
  return { payload, functionError: 'Unhandled' };
}

/** What a caller gets for an invocation that took too long. */
export function timedOut(requestId: string, timeoutSeconds: number): FunctionResult {
  const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return {
    payload: JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage }),
    functionError: 'Unhandled',
    failure: 'Sandbox.Timedout',
  };
}

const TOO_LARGE: FunctionResult = {
  payload: JSON.stringify({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_ANSWER_BYTES} bytes).`,
  }),
  functionError: 'Unhandled',
};
