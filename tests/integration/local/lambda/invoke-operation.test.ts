import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint, type Endpoint } from '../../../../src/local/endpoint/endpoint.ts';
import { createJumpingClock } from '../../../fixtures/jumping-clock.ts';
import { createTestLambda, testFunction } from './local-lambda.ts';

const { lambda } = createTestLambda([testFunction('one', 'outcomes', { memoryMb: 256 })]);
let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await createEndpoint({ services: [lambda.service], port: 0 });
});
afterAll(() => endpoint.close());

function invoke(body: string, headers: Record<string, string> = {}, name = 'one') {
  return fetch(`${endpoint.url}/2015-03-31/functions/${name}/invocations`, { method: 'POST', body, headers });
}

describe('Invoke', () => {
  it('answers with the payload and the version', async () => {
    const response = await invoke('{"mode":"echo"}');

    expect(response.status).toBe(200);
    expect(response.headers.get('x-amz-executed-version')).toBe('$LATEST');
    expect(response.headers.get('x-amz-function-error')).toBeNull();
    await expect(response.json()).resolves.toEqual({ event: { mode: 'echo' } });
  });

  it('takes an empty body for an empty event', async () => {
    const response = await invoke('');

    await expect(response.json()).resolves.toEqual({ event: {} });
  });

  it('says in a header that the function failed', async () => {
    const response = await invoke('{"mode":"throw"}');

    expect(response.status).toBe(200);
    expect(response.headers.get('x-amz-function-error')).toBe('Unhandled');
    await expect(response.json()).resolves.toMatchObject({ errorType: 'StatementFailed' });
  });

  it('returns the end of the log when asked to', async () => {
    const response = await invoke('{"mode":"print"}', { 'x-amz-log-type': 'Tail' });

    const log = Buffer.from(response.headers.get('x-amz-log-result') ?? '', 'base64').toString();
    const shape =
      /^START RequestId: \S+ Version: \$LATEST\n[\s\S]*\tINFO\tcounted 3\n[\s\S]*END RequestId: \S+\nREPORT .*Memory Size: 256 MB/;
    expect(log).toMatch(shape);
  });

  it('hands the client context on', async () => {
    const context = Buffer.from('{"custom":{"a":"b"}}').toString('base64');

    const response = await invoke('{"mode":"context"}', { 'x-amz-client-context': context });

    await expect(response.json()).resolves.toMatchObject({ clientContext: { custom: { a: 'b' } } });
  });

  it('calls nothing for a dry run', async () => {
    const response = await invoke('{"mode":"exit"}', { 'x-amz-invocation-type': 'DryRun' });

    expect(response.status).toBe(204);
  });

  it.each([
    ['an unknown function', 'nobody', '{}', {}, 404, 'ResourceNotFoundException'],
    ['a body that is no JSON', 'one', '{“a”:1}', {}, 400, 'InvalidRequestContentException'],
    [
      'an unknown invocation type',
      'one',
      '{}',
      { 'x-amz-invocation-type': 'Later' },
      400,
      'ValidationException',
    ],
    [
      'a client context that is no JSON',
      'one',
      '{}',
      { 'x-amz-client-context': '!' },
      400,
      'InvalidRequestContentException',
    ],
    [
      'too large an asynchronous event',
      'one',
      JSON.stringify({ a: 'x'.repeat(2 ** 20) }),
      { 'x-amz-invocation-type': 'Event' },
      413,
      'RequestTooLargeException',
    ],
  ] as const)('refuses %s', async (_, name, body, headers, status, errorName) => {
    const response = await invoke(body, headers, name);

    expect(response.status).toBe(status);
    expect(response.headers.get('x-amzn-errortype')).toBe(errorName);
  });
});

describe('Invoke with type Event', () => {
  it('answers 202 at once; a failure ends on the on-failure queue', async () => {
    const clock = createJumpingClock('2026-11-24T00:00:00Z');
    const queueArn = 'arn:aws:sqs:us-east-1:000000000000:on-failure';
    const eventually = createTestLambda([testFunction('f', 'outcomes', { onFailureQueueArn: queueArn })], {
      clock: {
        ...clock,
        sleep: (ms, signal) => (ms < 60_000 ? new Promise(() => undefined) : clock.sleep(ms, signal)),
      },
    });

    await eventually.lambda.invokeAsync('f', '{"mode":"throw"}');
    await eventually.lambda.idle();

    expect(eventually.messages).toHaveLength(1);
    expect(JSON.parse(eventually.messages[0]?.body ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      responsePayload: { errorType: 'StatementFailed' },
    });
  });

  it('is refused for a function that does not exist', async () => {
    await expect(lambda.invokeAsync('nobody', '{}')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('ListFunctions', () => {
  it('lists the functions with their settings', async () => {
    const response = await fetch(`${endpoint.url}/2015-03-31/functions/`);

    await expect(response.json()).resolves.toEqual({
      Functions: [
        expect.objectContaining({
          FunctionName: 'one',
          FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:one',
          Runtime: 'nodejs24.x',
          MemorySize: 256,
          Timeout: 20,
        }),
      ],
    });
  });
});
