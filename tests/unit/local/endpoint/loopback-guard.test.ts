import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createLoopbackGuard } from '../../../../src/local/endpoint/loopback-guard.ts';

const request = (headers: object) => ({ headers }) as IncomingMessage;
const guard = createLoopbackGuard(4510);

describe('the loopback guard', () => {
  it.each(['127.0.0.1:4510', 'localhost:4510', 'LOCALHOST:4510', '[::1]:4510'])(
    'lets Host %s pass',
    (host) => {
      expect(guard(request({ host }))).toBeUndefined();
    },
  );

  it.each([
    undefined,
    '',
    'localhost',
    'localhost:4511',
    'evil.example:4510',
    '127.0.0.1.evil.example:4510',
    '0.0.0.0:4510',
    '127.0.0.2:4510',
  ])('refuses Host %s', (host) => {
    expect(guard(request({ host }))).toMatchObject({ name: 'AccessDeniedException', status: 403 });
  });

  it('lets the endpoint’s own pages pass', () => {
    expect(guard(request({ host: 'localhost:4510', origin: 'http://localhost:4510' }))).toBeUndefined();
  });

  it.each(['null', 'http://evil.example', 'https://localhost:4510', 'http://localhost:3000', ''])(
    'refuses Origin %s',
    (origin) => {
      expect(guard(request({ host: 'localhost:4510', origin }))).toMatchObject({ status: 403 });
    },
  );

  it.each([
    ['cross-site', 403],
    ['same-site', 403],
    ['same-origin', undefined],
    ['none', undefined],
  ])('answers what a browser calls %s with %s', (site, status) => {
    const refusal = guard(request({ host: 'localhost:4510', 'sec-fetch-site': site }));

    expect(refusal?.status).toBe(status);
  });

  it('knows that port 80 is not written', () => {
    expect(createLoopbackGuard(80)(request({ host: 'localhost' }))).toBeUndefined();
  });
});
