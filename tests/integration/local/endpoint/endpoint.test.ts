import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../src/local/aws-error.ts';
import { jsonService, startEndpoint, target } from '../../../fixtures/local-endpoint.ts';
import { sendRaw } from '../../../fixtures/raw-http.ts';

describe('the endpoint', () => {
  const echo = jsonService({ Echo: async (input: object) => input });

  it('refuses foreign hosts and origins before anything runs', async () => {
    const calls: unknown[] = [];
    const { url } = await startEndpoint([
      jsonService({ Echo: async (input: object) => ({ count: calls.push(input) }) }),
    ]);

    const host = await sendRaw(url, { headers: { ...target('Echo'), host: 'evil.example' } });
    const origin = await sendRaw(url, { headers: { ...target('Echo'), origin: 'http://evil.example' } });

    expect([host.status, origin.status]).toEqual([403, 403]);
    expect(calls).toEqual([]);
  });

  it('refuses a body over its limit', async () => {
    const { url } = await startEndpoint([echo]);

    const answer = await sendRaw(url, {
      headers: target('Echo'),
      body: Buffer.alloc(16 * 1024 * 1024 + 1, ' '),
    });

    expect(answer).toMatchObject({
      status: 413,
      headers: { 'x-amzn-errortype': 'RequestEntityTooLargeException' },
    });
  });

  it.each(['/', '/health'])('lists its services at %s', async (path) => {
    const { url } = await startEndpoint([echo]);

    const answer = await sendRaw(url, { method: 'GET', path });

    expect(JSON.parse(answer.body)).toEqual({ status: 'ready', services: { things: ['Echo'] } });
  });

  it('lets an interceptor stand around every call', async () => {
    const { url } = await startEndpoint([echo], {
      intercept: async ({ service, operation, input }, next) => ({
        ...(await next()),
        by: [service, operation, input],
      }),
    });

    const answer = await sendRaw(url, { headers: target('Echo'), body: '{"a":1}' });

    expect(JSON.parse(answer.body)).toEqual({ a: 1, by: ['things', 'Echo', { a: 1 }] });
  });

  it('lets an interceptor refuse a call, or lose its answer', async () => {
    const answers: ((next: () => Promise<object>) => Promise<object | undefined>)[] = [
      async () => {
        throw new AwsError('ThrottlingException', 'Rate exceeded');
      },
      async (next) => void (await next()),
    ];
    const { url } = await startEndpoint([echo], {
      intercept: async (_call, next) => answers.shift()?.(next),
    });

    const throttled = await sendRaw(url, { headers: target('Echo') });
    const lost = sendRaw(url, { headers: target('Echo') });

    expect(throttled).toMatchObject({ status: 400, headers: { 'x-amzn-errortype': 'ThrottlingException' } });
    await expect(lost).rejects.toThrow('socket hang up');
  });
});
