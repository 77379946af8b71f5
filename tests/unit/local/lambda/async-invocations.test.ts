import { describe, expect, it } from 'vitest';
import type { FunctionResult } from '../../../../src/local/contracts.ts';
import { createAsyncInvocations } from '../../../../src/local/services/lambda/async-invocations.ts';
import { createJumpingClock } from '../../../fixtures/jumping-clock.ts';
import { createManualClock } from '../../../fixtures/manual-clock.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:on-failure';
const SPEC = { name: 'start-run', module: 'start-run.ts', onFailureQueueArn: QUEUE };
const FAILED: FunctionResult = { payload: '{"errorType":"Error"}', functionError: 'Unhandled' };

function createQueue(results: readonly FunctionResult[], clock = createJumpingClock('2026-11-24T00:00:00Z')) {
  const calls: string[] = [];
  const messages: { readonly queueArn: string; readonly record: unknown }[] = [];
  const queue = createAsyncInvocations({
    clock,
    async run({ requestId }) {
      calls.push(requestId);
      return results[calls.length - 1] ?? FAILED;
    },
    sendToQueue: async (queueArn, body) => void messages.push({ queueArn, record: JSON.parse(body) }),
  });
  return { queue, clock, calls, messages };
}

describe('an asynchronous invocation', () => {
  it('calls the function once when it succeeds', async () => {
    const { queue, clock, calls, messages } = createQueue([{ payload: 'null' }]);

    queue.accept(SPEC, '{}', 'request-1');
    await queue.idle();

    expect(calls).toEqual(['request-1']);
    expect(clock.sleeps).toEqual([]);
    expect(messages).toEqual([]);
  });

  it('calls a failing function again after one minute and after two, under the same request id', async () => {
    const { queue, clock, calls, messages } = createQueue([FAILED, FAILED, { payload: 'null' }]);

    queue.accept(SPEC, '{}', 'request-1');
    await queue.idle();

    expect(calls).toEqual(['request-1', 'request-1', 'request-1']);
    expect(clock.sleeps).toEqual([60_000, 120_000]);
    expect(messages).toEqual([]);
  });

  it("sends AWS's record to the on-failure queue after the last attempt", async () => {
    const { queue, messages } = createQueue([]);

    queue.accept(SPEC, '{"a":1}', 'request-1');
    await queue.idle();

    const record = {
      version: '1.0',
      timestamp: '2026-11-24T00:03:00.000Z',
      requestContext: {
        requestId: 'request-1',
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:start-run:$LATEST',
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { a: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error' },
    };
    expect(messages).toEqual([{ queueArn: QUEUE, record }]);
  });

  it('is dropped after the last attempt where the function has no on-failure queue', async () => {
    const { queue, calls, messages } = createQueue([]);

    queue.accept({ name: 'f', module: 'f.ts' }, '{}', 'request-1');
    await queue.idle();

    expect(calls).toHaveLength(3);
    expect(messages).toEqual([]);
  });

  it('is not called again once the service is closed', async () => {
    const clock = Object.assign(createManualClock(), { sleeps: [] });
    const { queue, calls } = createQueue([], clock);
    queue.accept(SPEC, '{}', 'request-1');

    queue.close();
    await queue.idle();

    expect(calls).toHaveLength(1);
  });
});
