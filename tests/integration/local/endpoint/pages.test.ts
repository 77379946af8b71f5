import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { jsonService, startEndpoint, target } from '../../../fixtures/local-endpoint.ts';
import { sendRaw } from '../../../fixtures/raw-http.ts';

const echo = jsonService({ Echo: async (input: object) => input });

/** An endpoint with pages that answer `page` and what they were asked for. */
async function startWithPages() {
  const asked: string[] = [];
  const listener = ({ method, url }: IncomingMessage, response: ServerResponse) => {
    asked.push(`${method} ${url}`);
    response.end('page');
  };
  const { url } = await startEndpoint([echo], { pages: { path: '/console', listener } });
  return { url, asked };
}

describe('pages at the address of the API', () => {
  it.each([
    ['GET', '/'],
    ['HEAD', '/'],
    ['GET', '/?gone=x'],
    ['GET', '/console'],
    ['GET', '/console/runs/a/b?x=1'],
    ['POST', '/console/load'],
  ])('get %s %s, whatever is accepted', async (method, path) => {
    const { url, asked } = await startWithPages();

    for (const accept of ['text/html', 'application/json', '*/*'])
      await sendRaw(url, { method, path, headers: { accept } });

    expect(asked).toEqual(Array(3).fill(`${method} ${path}`));
  });

  const signed = {
    authorization: 'AWS4-HMAC-SHA256 Credential=x/20261124/us-east-1/things/aws4_request, Signature=x',
  };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  it.each([
    ['POST', '/', target('Echo')],
    ['GET', '/', target('Echo')],
    ['POST', '/console/load', target('Echo')],
    ['GET', '/', signed],
    ['GET', '/console/x', signed],
    ['GET', '/?Action=ListTopics&Version=1', {}],
    ['GET', '/?X-Amz-Algorithm=AWS4-HMAC-SHA256', {}],
    ['POST', '/', form],
    ['POST', '/000000000000/failures', form],
    ['GET', '/2015-03-31/functions/', {}],
    ['POST', '/2015-03-31/functions/console/invocations', {}],
    ['GET', '/health', {}],
    ['GET', '/consoles', {}],
    ['PUT', '/', {}],
  ])('leave %s %s with %o to the API', async (method, path, headers) => {
    const { url, asked } = await startWithPages();

    await sendRaw(url, { method, path, headers: { accept: 'text/html', ...headers } });

    expect(asked).toEqual([]);
  });

  it.each([
    { host: 'rebound.example:4510' },
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('are not asked by %o', async (headers) => {
    const { url, asked } = await startWithPages();

    const answers = [
      await sendRaw(url, { method: 'GET', headers }),
      await sendRaw(url, { method: 'GET', path: '/console/events', headers }),
      await sendRaw(url, { path: '/console/load', headers, body: 'x=1' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(asked).toEqual([]);
  });

  it('end with the endpoint, although they stream', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const endpoint = await startEndpoint([echo], {
      pages: {
        path: '/console',
        listener: (_request, response) => {
          response.write('data: 1\n\n');
          resolve();
        },
      },
    });

    const stream = sendRaw(endpoint.url, { method: 'GET', path: '/console/events' });
    await promise;
    const ended = expect(stream).rejects.toThrow('aborted');
    await endpoint.close();

    await ended;
  });
});
