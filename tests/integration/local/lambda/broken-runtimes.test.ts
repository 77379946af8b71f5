import { once } from 'node:events';
import { BroadcastChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../fixtures/manual-clock.ts';
import { createTestLambda, testFunction } from './local-lambda.ts';
import { invoke } from './outcome-functions.ts';

describe('a handler that breaks its runtime', () => {
  it('reports a promise that nobody handled', async () => {
    const { payload, functionError } = await invoke('one', { mode: 'rejection' });

    expect(functionError).toBe('Unhandled');
    expect(payload).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: nobody waits for this',
    });
  });

  it('reports an error thrown outside of its promise', async () => {
    const { payload } = await invoke('one', { mode: 'timer' });

    expect(payload).toMatchObject({ errorType: 'TypeError', errorMessage: 'thrown in a timer' });
  });

  it('ends with Runtime.ExitError when it exits, and the next invocation works', async () => {
    const answer = await invoke('one', { mode: 'exit' });

    expect(answer).toEqual({
      payload: {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(
          /^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3$/,
        ),
      },
      functionError: 'Unhandled',
    });
    await expect(invoke('one', { mode: 'echo' })).resolves.toMatchObject({ payload: { event: {} } });
  });

  it('ends with Runtime.OutOfMemory when it uses too much memory', async () => {
    const small = createTestLambda([testFunction('small')], { heapMb: 48 });

    const { payload } = await small.invoke('small', { mode: 'memory' });

    expect(payload.errorType).toBe('Runtime.OutOfMemory');
    expect(payload.errorMessage).toMatch(/Runtime exited with error: signal: killed$/);
  });

  it('times out, while other invocations in the same thread go on', async () => {
    const clock = createManualClock();
    const slow = testFunction('slow', 'outcomes', { timeoutSeconds: 2 });
    const timing = createTestLambda([slow, testFunction('released', 'released')], { clock });
    const channel = new BroadcastChannel('times-out');
    const arrived = once(channel, 'message');
    const other = timing.invoke('released', { channel: channel.name });
    const hanging = timing.invoke('slow', { mode: 'hang' });
    await Promise.all([arrived, timing.lambda.warm()]);

    clock.advance(2000);

    await expect(hanging).resolves.toEqual({
      payload: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(
          /^RequestId: [0-9a-f-]{36} Error: Task timed out after 2\.00 seconds$/,
        ),
      },
      functionError: 'Unhandled',
      failure: 'Sandbox.Timedout',
    });
    channel.postMessage('go');
    await expect(other).resolves.toEqual({ payload: 'released' });
    channel.close();
  });
});

describe('a module that never finishes loading', () => {
  it('times out after ten seconds', async () => {
    const clock = createManualClock();
    const loading = createTestLambda([testFunction('endless', 'never-loads')], { clock });
    const answer = loading.invoke('endless');

    clock.advance(10_000);

    await expect(answer).resolves.toMatchObject({ failure: 'Sandbox.Timedout' });
  });
});
