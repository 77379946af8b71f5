import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConsoleStack, type PageStream, PIPELINE, startConsoleStack } from './console-stack.ts';

let stack: ConsoleStack;
const streams: PageStream[] = [];

beforeEach(async () => {
  stack = await startConsoleStack();
});
afterEach(async () => {
  await Promise.all(streams.splice(0).map((stream) => stream.close()));
  await stack.close();
});

async function follow(path: string): Promise<PageStream> {
  const stream = await stack.follow(path);
  streams.push(stream);
  return stream;
}

const load = () => stack.post('/console/load', { pipeline: PIPELINE });

const pathOfRun = (html: string) => / href="(\/console\/runs\/[^"]+)"/.exec(html)?.[1] ?? '';

/** The newest run's ARN. */
const newestRun = async () => (await stack.sample.executions())[0]?.arn ?? '';

describe('the console', () => {
  it('shows a load go by to everybody who follows, up to what became of it', async () => {
    const pages = [await follow('/'), await follow('/')];

    const { status, body } = await load();

    expect([status, body]).toEqual([
      200,
      'The full load of dms-full-dump-task has started. Its end starts a run.',
    ]);
    const lists = await Promise.all(pages.map((page) => page.until('Published')));
    const run = await follow(pathOfRun(lists[0] ?? ''));
    expect(await run.until('Production shows the load')).toContain('dbo.sp_load_fact_sales');
    await pages[0]?.until('notification-1');
  });

  it('breaks the sample, shows the audit that fails, repairs it, and redrives the run to its end', async () => {
    const home = await follow('/');
    await stack.post('/console/break');
    await home.until('Repair');
    await load();
    const failed = await follow(pathOfRun(await home.until('The run failed at Load_Sales_Fact')));
    const shown = await failed.until('fact_sales_count_differs');

    expect(shown).toContain('aws stepfunctions redrive-execution');

    await stack.post('/console/repair');
    const { body } = await stack.post('/console/redrive', { run: await newestRun() });

    expect(body).toBe('The run goes on at the state that failed.');
    expect(await failed.until('Production shows the load')).not.toContain('Redrive <span');
    expect(await stack.sample.warehouse.query('facts', 'SELECT count(*) FROM dbo.fact_sales')).toEqual([
      ['6'],
    ]);
  });

  it('holds a pipeline, so that a load starts no run, and runs it when it is released', async () => {
    const home = await follow('/');

    await stack.post('/console/hold', { pipeline: PIPELINE });
    await home.until('Held: no run is started');
    await load();
    await stack.sample.stack.idle();

    expect(await stack.sample.executions()).toEqual([]);

    const { body } = await stack.post('/console/release', { pipeline: PIPELINE });

    expect(body).toMatch(/^start-run answers: /);
    await home.until('Published');
  });

  it('stops a run', async () => {
    const lock = await stack.sample.stack.warehouse.open('dev', 'owner');
    await lock.begin();
    await lock.execute('LOCK dbo.dim_cust');
    const home = await follow('/');
    await load();
    await home.until('at Load_Customer_Dim');

    const { body } = await stack.post('/console/stop', { run: await newestRun() });

    expect(body).toBe('The run was stopped. Its statement is cancelled in the warehouse.');
    await home.until('The run was stopped at Load_Customer_Dim');
    await lock.close();
  });

  it('says in the words of AWS why something was not done', async () => {
    await load();
    const again = await load();
    const unknown = await stack.post('/console/load', { pipeline: 'none' });
    const redrive = await stack.post('/console/redrive', { run: 'none' });

    expect([again.status, again.body.split(':')[0]]).toEqual([400, 'InvalidResourceStateFault']);
    expect(unknown.body).toBe('InvalidConfig: there is no pipeline "none"');
    expect(redrive.body).toMatch(/^InvalidArn: /);
  });

  it('leads from a run that is gone to the list, which says so', async () => {
    const path = `/console/runs/${PIPELINE}-local/20261124T134512000Z-%3Cb%3E`;

    const { status, headers } = await stack.get(path);
    const { body } = await stack.get(headers.location ?? '');

    expect(status).toBe(303);
    expect(body).toContain('The run <bdi>20261124T134512000Z-&lt;b&gt;</bdi> is gone');
  });

  it('shows what queues hold, and receives nothing', async () => {
    const { sample } = stack;
    const page = await follow('/console/queues');
    await page.until('No message');
    const queue = `${stack.url}/000000000000/redshift-elt-local-failures`;
    const send = (operation: string, input: object) =>
      fetch(stack.url, {
        method: 'POST',
        headers: { 'x-amz-target': `AmazonSQS.${operation}`, 'content-type': 'application/x-amz-json-1.0' },
        body: JSON.stringify({ QueueUrl: queue, ...input }),
      });

    await send('SendMessage', { MessageBody: '{"requestPayload":"<script>"}' });

    expect(await page.until('1 message')).toContain('&quot;requestPayload&quot;: &quot;&lt;script&gt;&quot;');
    const received = (await (await send('ReceiveMessage', {})).json()) as {
      readonly Messages?: readonly object[];
    };
    expect(received.Messages).toHaveLength(1);
    expect(sample.notifications).toEqual([]);
  });
});
