import { DescribeReplicationTasksCommand } from '@aws-sdk/client-database-migration-service';
import { ListStatementsCommand } from '@aws-sdk/client-redshift-data';
import { ListTagsForResourceCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from '../../fixtures/raw-http.ts';
import { type ConsoleStack, PIPELINE, startConsoleStack } from './console-stack.ts';

let console: ConsoleStack;
beforeAll(async () => {
  console = await startConsoleStack();
});
afterAll(() => console.close());

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

const POSTS = ['load', 'break', 'repair', 'stop', 'redrive', 'hold', 'release', 'sql'];

/** What would be different if a request had done something. */
async function standing() {
  const { sample } = console;
  const resourceArn =
    'arn:aws:states:us-east-1:000000000000:stateMachine:redshift-elt-load-customer-sales-local';
  const filter = { Name: 'replication-task-id', Values: ['dms-full-dump-task'] };
  const [runs, { tags }, { ReplicationTasks: tasks = [] }, statements] = await Promise.all([
    sample.executions(),
    sample.sfn.send(new ListTagsForResourceCommand({ resourceArn })),
    sample.dms.send(new DescribeReplicationTasksCommand({ Filters: [filter] })),
    sample.dataApi.send(new ListStatementsCommand({ Status: 'ALL' })),
  ]);
  return { runs, tags, status: tasks.map(({ Status }) => Status), statements: statements.Statements };
}

describe('what the console answers', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/console'],
    ['GET', '/console/sql'],
    ['GET', '/console/console.js'],
    ['GET', '/console/report.css'],
    ['GET', '/console/nothing'],
    ['GET', '/console/constructor'],
    ['GET', '/console/runs/%ff/x'],
    ['GET', '/console/runs/no-machine/no-run'],
    ['GET', '/console/pipelines/none'],
    ['POST', '/console/load'],
    ['POST', '/console/nothing'],
    ['PUT', '/console/load'],
  ])('carries the headers that protect it: %s %s', async (method, path) => {
    const { status, headers } = await sendRaw(console.url, { method, path });

    expect(headers).toMatchObject(HEADERS);
    expect(status).toBeLessThan(500);
  });

  it('carries them in its stream, too', async () => {
    const aborted = new AbortController();
    const { headers } = await fetch(`${console.url}/console/events?at=/`, { signal: aborted.signal });
    aborted.abort();

    expect(Object.fromEntries(headers)).toMatchObject(HEADERS);
  });

  it('has no text of a page that is a script or a style', async () => {
    for (const path of ['/', '/console/sql', '/console/queues', `/console/pipelines/${PIPELINE}`]) {
      const { body } = await console.get(path);

      expect(body, path).not.toMatch(/<style|<script(?![^>]*src=)| style=| on\w+=/);
    }
  });
});

describe('a request that would change something', () => {
  const foreign: readonly (readonly [string, (own: Readonly<Record<string, string>>) => object])[] = [
    ['without a token', ({ origin = '' }) => ({ origin })],
    ['with a token of its own', ({ origin = '' }) => ({ origin, 'x-console-token': 'x'.repeat(43) })],
    ['without an Origin', (own) => ({ 'x-console-token': own['x-console-token'] })],
    ['of another site', (own) => ({ ...own, origin: 'http://evil.example' })],
    ['of a page without an Origin', (own) => ({ ...own, origin: 'null' })],
    ['of another port', (own) => ({ ...own, origin: 'http://127.0.0.1:1' })],
    [
      'of another name of this machine',
      (own) => ({ ...own, origin: `${own.origin}`.replace('127.0.0.1', 'localhost') }),
    ],
    ['with TLS in its Origin', (own) => ({ ...own, origin: `${own.origin}`.replace('http:', 'https:') })],
    ['to a name that was rebound', (own) => ({ ...own, host: 'evil.example' })],
    ['that a browser calls cross-site', (own) => ({ ...own, 'sec-fetch-site': 'cross-site' })],
    ['that a browser calls same-site', (own) => ({ ...own, 'sec-fetch-site': 'same-site' })],
  ];

  it.each(foreign)('is refused %s', async (_how, headersOf) => {
    const before = await standing();

    for (const path of POSTS) {
      const headers = headersOf(console.credentials) as Record<string, string>;
      const body = new URLSearchParams({ pipeline: PIPELINE, sql: 'SELECT 1', user: 'owner' }).toString();
      const { status } = await sendRaw(console.url, { path: `/console/${path}`, headers, body });
      expect(status, path).toBe(403);
    }

    expect(await standing()).toEqual(before);
  });

  it('is not made by GET or HEAD', async () => {
    const before = await standing();

    for (const path of POSTS)
      for (const method of ['GET', 'HEAD']) {
        const query = new URLSearchParams({ pipeline: PIPELINE, sql: 'SELECT 1' });
        const answer = await sendRaw(console.url, {
          ...{ method, path: `/console/${path}?${query}`, headers: console.credentials },
        });
        // The page of SQL has the address to which its form is sent.
        expect(answer.status, path).toBe(path === 'sql' ? 200 : 404);
      }

    expect(await standing()).toEqual(before);
  });

  it('is refused where it is larger than a page sends', async () => {
    const { status, body } = await console.post('/console/sql', { sql: 'x'.repeat(300_000) });

    expect([status, body]).toEqual([413, 'At most 262144 bytes are taken.']);
  });

  it('passes with what a page shows', async () => {
    const { status, body } = await console.post('/console/sql', { sql: 'SELECT 7 AS seven', user: 'owner' });

    expect(status).toBe(200);
    expect(body).toContain('seven');
  });
});

describe('one address', () => {
  it.each(['text/html', 'application/json', '*/*'])(
    'gives a browser the page that accepts %s',
    async (accept) => {
      const answer = await sendRaw(console.url, { method: 'GET', headers: { accept } });

      expect(answer.headers['content-type']).toBe('text/html; charset=UTF-8');
    },
  );

  it('gives an SDK the API, whatever it accepts', async () => {
    const headers = {
      accept: 'text/html',
      'x-amz-target': 'AWSStepFunctions.ListStateMachines',
      'content-type': 'application/x-amz-json-1.0',
    };

    const answer = await sendRaw(console.url, { headers, body: '{}' });

    const { stateMachines } = JSON.parse(answer.body);
    expect(stateMachines).toContainEqual(expect.objectContaining({ name: `${PIPELINE}-local` }));
  });

  it('lists the services at /health', async () => {
    expect(JSON.parse((await console.get('/health')).body)).toMatchObject({ status: 'ready' });
  });

  it.each([
    { host: 'evil.example' },
    { origin: 'http://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('shows nothing to %o', async (headers) => {
    for (const path of ['/', '/console/events?at=/', '/console/sql', '/console/console.js']) {
      const answer = await sendRaw(console.url, { method: 'GET', path, headers });
      expect(answer.status, path).toBe(403);
      expect(answer.body, path).not.toContain('token');
      expect(answer.headers, path).not.toHaveProperty('access-control-allow-origin');
    }
  });
});
