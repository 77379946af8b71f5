import type { Clock } from '../../../clock.ts';
import { createBackground } from '../../background.ts';
import type { FunctionResult, SendToQueue } from '../../contracts.ts';
import { type FunctionSpec, functionArn, LATEST } from './functions.ts';
import type { SandboxInvocation } from './sandboxes.ts';

/** Pauses before the first and the second retry of a function that failed, in milliseconds. */
const RETRY_DELAYS_MS: readonly number[] = [60_000, 120_000];

/** The queue that asynchronous invocations go through. */
export interface AsyncInvocations {
  /** Accepts an event; the function is called later, and again when it fails. */
  accept(spec: FunctionSpec, payload: string, requestId: string): void;
  /** Resolves when nothing runs or waits for a retry. */
  idle(): Promise<void>;
  /** Drops what waits for a retry. */
  close(): void;
}

export interface AsyncInvocationsOptions {
  readonly clock: Clock;
  readonly run: (invocation: SandboxInvocation) => Promise<FunctionResult>;
  readonly sendToQueue: SendToQueue;
}

/**
 * Lambda's asynchronous invocation: up to two retries of a failing function, a minute and two minutes apart, then a record
 * on the function's on-failure queue. The request id stays the same over all attempts.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function createAsyncInvocations(options: AsyncInvocationsOptions): AsyncInvocations {
  const closed = new AbortController();
  const background = createBackground(closed.signal);

  const attempt = async (spec: FunctionSpec, payload: string, requestId: string): Promise<void> => {
    let result = await options.run({ spec, payload, requestId });
    for (const delayMs of RETRY_DELAYS_MS) {
      if (!result.functionError || closed.signal.aborted) return;
      await options.clock.sleep(delayMs, closed.signal);
      result = await options.run({ spec, payload, requestId });
    }
    if (!result.functionError || spec.onFailureQueueArn === undefined) return;
    const record = failureRecord(spec, payload, requestId, result, options.clock.now());
    await options.sendToQueue(spec.onFailureQueueArn, JSON.stringify(record));
  };

  return {
    accept: (spec, payload, requestId) => background.start(attempt(spec, payload, requestId)),
    idle: background.idle,
    close: () => closed.abort(),
  };
}

/**
 * The record that Lambda sends to an on-failure destination.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
function failureRecord(
  spec: FunctionSpec,
  payload: string,
  requestId: string,
  result: FunctionResult,
  now: number,
): object {
  return {
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId,
      functionArn: `${functionArn(spec.name)}:${LATEST}`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: RETRY_DELAYS_MS.length + 1,
    },
    requestPayload: JSON.parse(payload),
    responseContext: { statusCode: 200, executedVersion: LATEST, functionError: result.functionError },
    responsePayload: JSON.parse(result.payload),
  };
}
