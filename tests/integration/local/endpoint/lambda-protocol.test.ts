import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../src/local/aws-error.ts';
import type { Service } from '../../../../src/local/contracts.ts';
import { startEndpoint } from '../../../fixtures/local-endpoint.ts';
import { sendRaw } from '../../../fixtures/raw-http.ts';

describe('the lambda service', () => {
  const lambda = (invoke: (input: Record<string, unknown>) => Promise<object>): Service => ({
    name: 'lambda',
    operations: { Invoke: invoke, ListFunctions: async () => ({ Functions: [] }) } as Service['operations'],
  });
  const path =
    '/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Astart-run/invocations';

  it('gets name, headers, qualifier and payload, and answers with the payload as the body', async () => {
    const inputs: unknown[] = [];
    const service = lambda(async (input) => {
      inputs.push(input);
      return {
        StatusCode: 200,
        Payload: '{"ok":1}',
        FunctionError: 'Unhandled',
        ExecutedVersion: '$LATEST',
        LogResult: 'bG9n',
      };
    });
    const { url } = await startEndpoint([service]);

    const answer = await sendRaw(url, {
      path: `${path}?Qualifier=live`,
      headers: { 'x-amz-invocation-type': 'RequestResponse', 'x-amz-log-type': 'Tail' },
      body: '{"a":1}',
    });

    expect(inputs).toEqual([
      {
        FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:start-run',
        InvocationType: 'RequestResponse',
        LogType: 'Tail',
        Qualifier: 'live',
        Payload: '{"a":1}',
      },
    ]);
    expect(answer).toMatchObject({
      status: 200,
      body: '{"ok":1}',
      headers: {
        'x-amz-function-error': 'Unhandled',
        'x-amz-executed-version': '$LATEST',
        'x-amz-log-result': 'bG9n',
      },
    });
  });

  it('answers an event with 202 and nothing', async () => {
    const { url } = await startEndpoint([lambda(async () => ({ StatusCode: 202 }))]);

    const answer = await sendRaw(url, { path, headers: { 'x-amz-invocation-type': 'Event' }, body: '{}' });

    expect(answer).toMatchObject({ status: 202, body: '' });
  });

  it('answers errors as Lambda does', async () => {
    const { url } = await startEndpoint([
      lambda(async () => {
        throw new AwsError('ResourceNotFoundException', 'Function not found: x', 404);
      }),
    ]);

    const answer = await sendRaw(url, { path });

    expect(answer).toMatchObject({
      status: 404,
      headers: { 'x-amzn-errortype': 'ResourceNotFoundException' },
    });
    expect(JSON.parse(answer.body)).toEqual({ Type: 'User', Message: 'Function not found: x' });
  });

  it('lists functions, and refuses other paths by name', async () => {
    const { url } = await startEndpoint([lambda(async () => ({ StatusCode: 200 }))]);

    const list = await sendRaw(url, { method: 'GET', path: '/2015-03-31/functions/?MaxItems=10' });
    const other = await sendRaw(url, { method: 'DELETE', path: '/2015-03-31/functions/x' });

    expect(list).toMatchObject({ status: 200, body: '{"Functions":[]}' });
    expect(other).toMatchObject({
      status: 400,
      headers: { 'x-amzn-errortype': 'UnknownOperationException' },
    });
    expect(other.body).toContain('Supported: Invoke, ListFunctions.');
  });

  it('takes 6 MB of payload and no more', async () => {
    const { url } = await startEndpoint([
      lambda(async ({ Payload }) => ({ StatusCode: 200, Payload: `${String(Payload).length}` })),
    ]);

    const fits = await sendRaw(url, { path, body: Buffer.alloc(6 * 1024 * 1024, 'a') });
    const tooLarge = await sendRaw(url, { path, body: Buffer.alloc(6 * 1024 * 1024 + 1, 'a') });

    expect(fits).toMatchObject({ status: 200, body: `${6 * 1024 * 1024}` });
    expect(tooLarge).toMatchObject({
      status: 413,
      headers: { 'x-amzn-errortype': 'RequestEntityTooLargeException' },
    });
  });
});
