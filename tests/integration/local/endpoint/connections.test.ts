import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { RequestContext } from '../../../../src/local/contracts.ts';
import { createEndpoint } from '../../../../src/local/endpoint/endpoint.ts';
import { jsonService, startEndpoint, target } from '../../../fixtures/local-endpoint.ts';
import { sendRaw } from '../../../fixtures/raw-http.ts';

describe('connections of the endpoint', () => {
  const echo = jsonService({ Echo: async (input: object) => input });

  it('names the port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };

    await expect(createEndpoint({ services: [], port })).rejects.toMatchObject({
      name: 'PortInUseError',
      port,
      message: expect.stringContaining('--port'),
    });
    other.close();
  });

  it('keeps connections', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const { url } = await startEndpoint([echo]);

    const answers = [];
    for (let index = 0; index < 3; index += 1)
      answers.push(await sendRaw(url, { headers: target('Echo'), agent }));

    expect(answers.map(({ headers }) => headers.connection)).toEqual([
      'keep-alive',
      'keep-alive',
      'keep-alive',
    ]);
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
    agent.destroy();
  });

  it('tells an operation that its client has gone', async () => {
    const started = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    const wait = async (_input: object, { signal }: RequestContext) => {
      signal.addEventListener('abort', () => gone.resolve());
      started.resolve();
      await gone.promise;
      return {};
    };
    const { url } = await startEndpoint([jsonService({ Wait: wait })]);

    const client = request(url, { method: 'POST', headers: target('Wait') });
    client.on('error', () => {});
    client.end('{}');
    await started.promise;
    client.destroy();

    await gone.promise;
  });

  it('answers long polls when it closes', async () => {
    const started = Promise.withResolvers<void>();
    const wait = async (_input: object, { signal }: RequestContext) => {
      started.resolve();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      return { status: 'STARTED' };
    };
    const endpoint = await startEndpoint([jsonService({ Wait: wait })]);

    const answer = sendRaw(endpoint.url, { headers: target('Wait') });
    await started.promise;
    await endpoint.close();

    expect(await answer).toMatchObject({ status: 200, body: '{"status":"STARTED"}' });
    await expect(sendRaw(endpoint.url)).rejects.toThrow('ECONNREFUSED');
  });

  it('closes although an operation does not end', async () => {
    const started = Promise.withResolvers<void>();
    const hang = () => {
      started.resolve();
      return new Promise<object>(() => {});
    };
    const endpoint = await startEndpoint([jsonService({ Hang: hang })]);

    const answer = sendRaw(endpoint.url, { headers: target('Hang') });
    answer.catch(() => {});
    await started.promise;
    await endpoint.close();

    await expect(answer).rejects.toThrow();
  });
});
