import { readdir, readFile } from 'node:fs/promises';
import { DescribeStatementCommand, ListStatementsCommand } from '@aws-sdk/client-redshift-data';
import { DescribeExecutionCommand, GetExecutionHistoryCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, startSample, TASK_ARN } from './sample-stack.ts';

const EVENTS = new URL('../events/', import.meta.url);
const sampleEvent = async (file: string) => JSON.parse(await readFile(new URL(file, EVENTS), 'utf8'));

let sample: Sample;

/** States of a step whose statement ends as it is submitted. */
const stepStates = (step: string) => [step, `is_run_${step}_complete`];

/** Invokes a local function as the Lambda API is asked for it. */
async function invoke(functionName: string, payload: unknown) {
  const url = `${sample.stack.url}/2015-03-31/functions/${functionName}/invocations`;
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(payload) });
  return { answer: await response.json(), failed: response.headers.has('x-amz-function-error') };
}

/** Puts an event on the default bus and waits for all that follows from it. */
async function putEvent(event: {
  detail: object;
  'detail-type': string;
  source: string;
  resources: string[];
}) {
  const { source, detail, resources, 'detail-type': DetailType } = event;
  const entry = { Source: source, DetailType, Resources: resources, Detail: JSON.stringify(detail) };
  const response = await fetch(sample.stack.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' },
    body: JSON.stringify({ Entries: [entry] }),
  });
  expect(await response.json()).toMatchObject({ FailedEntryCount: 0 });
  await sample.stack.idle();
}

describe('the sample, over the wire', () => {
  beforeAll(async () => {
    sample = await startSample();
  });
  afterAll(() => sample.close());

  it('says why it starts nothing for a task that has never run', async () => {
    const { answer } = await invoke('start-run', await sampleEvent('start-run.json'));

    expect(answer).toEqual({ outcome: 'ignored', reason: expect.stringContaining('was never started') });
  });

  it('starts nothing for events that are not ours', async () => {
    const event = await sampleEvent('start-run.json');
    const { detail } = event;

    await putEvent({ ...event, resources: [TASK_ARN.replace('dms-full', 'other')] });
    await putEvent({ ...event, detail: { ...detail, eventType: 'REPLICATION_TASK_STARTED' } });
    await putEvent({ ...event, detail: { ...detail, detailMessage: 'Stop Reason NORMAL' } });
    await putEvent({ ...event, detail: { ...detail, eventType: 'REPLICATION_TASK_FAILED' } });
    const malformed = await invoke('start-run', { ...event, detail: { ...detail, detailMessage: 5 } });

    expect(malformed).toMatchObject({ failed: true, answer: { errorType: 'InvalidEvent' } });
    expect(await sample.executions()).toEqual([]);
  });

  describe('when it has been loaded', () => {
    beforeAll(() => sample.load());

    it('passes the published states by name: of a step that ends as it is submitted, the first and the last', async () => {
      const [run] = await sample.executions();

      const { events = [] } = await sample.sfn.send(
        new GetExecutionHistoryCommand({ executionArn: run?.arn }),
      );

      expect(events.flatMap((event) => event.stateEnteredEventDetails?.name ?? [])).toEqual([
        'Take_Turn',
        'is_turn_taken',
        'Verify_Full_Load',
        ...stepStates('Check_Staged_Sales'),
        ...stepStates('Load_Customer_Dim'),
        ...stepStates('Load_Sales_Fact'),
        'Confirm_Load',
        'Run_Complete',
      ]);
    });

    it('names the execution after the load, and its output tells each step’s statement', async () => {
      const [run] = await sample.executions();

      const { output = '' } = await sample.sfn.send(new DescribeExecutionCommand({ executionArn: run?.arn }));

      expect(run?.name).toMatch(/^\d{8}T\d{9}Z-[0-9a-f]{12}$/);
      expect(JSON.parse(output)).toMatchObject({
        pipeline: 'redshift-elt-load-customer-sales',
        load: { id: run?.name, tasks: [{ arn: TASK_ARN, identifier: 'dms-full-dump-task' }] },
        steps: {
          Load_Customer_Dim: { status: 'FINISHED', attempt: 1, durationMs: expect.any(Number) },
          Load_Sales_Fact: { status: 'FINISHED', attempt: 1 },
        },
        warnings: [],
        audits: [
          { step: 'Load_Customer_Dim', audit: 'unique dbo.dim_cust (cust_id)', wrongRows: 0 },
          { step: 'Load_Sales_Fact', audit: 'fact_sales_count_differs', severity: 'fail', wrongRows: 0 },
          { step: 'Load_Sales_Fact', audit: expect.stringContaining('references'), wrongRows: 0 },
          { audit: 'rows dbo.fact_sales', severity: 'warn', wrongRows: 0, rows: 6, rowsBefore: null },
        ],
      });
    });

    it('submits each step once, under the name of its execution and as the runtime user', async () => {
      const [run] = await sample.executions();

      const { Statements = [] } = await sample.dataApi.send(
        new ListStatementsCommand({ StatementName: `${run?.name}/`, Status: 'ALL' }),
      );
      const users = Statements.map(
        async ({ Id }) => (await sample.dataApi.send(new DescribeStatementCommand({ Id }))).DbUser,
      );

      expect(Statements.map(({ StatementName }) => StatementName).toSorted()).toEqual([
        `${run?.name}/Check_Staged_Sales/1`,
        `${run?.name}/Confirm_Load_audits/1`,
        `${run?.name}/Confirm_Load_record/1`,
        `${run?.name}/Load_Customer_Dim/1`,
        `${run?.name}/Load_Sales_Fact/1`,
        `${run?.name}/Verify_Full_Load/1`,
        `${run?.name}/Verify_Full_Load_columns/1`,
        `${run?.name}/Verify_Full_Load_recorded_columns/1`,
      ]);
      expect(new Set(await Promise.all(users))).toEqual(new Set(['runtime']));
    });

    it('starts nothing for the published event of a load that has been run, nor for a request by hand', async () => {
      const [run] = await sample.executions();

      await putEvent(await sampleEvent('start-run.json'));
      const byHand = await invoke('start-run', await sampleEvent('start-run-manual.json'));

      expect(byHand.answer).toMatchObject({ outcome: 'already-started', executionArn: run?.arn });
      expect(await sample.executions()).toEqual([run]);
    });

    it('starts one execution for fifty events at once', async () => {
      const event = await sampleEvent('start-run.json');

      await Promise.all(Array.from({ length: 50 }, () => putEvent(event)));

      expect(await sample.executions()).toHaveLength(1);
    });

    it('answers every sample event', async () => {
      const files = await readdir(EVENTS);

      for (const file of files) {
        const functionName = /^(start-run|[a-z]+-[a-z]+)/.exec(file)?.[1] ?? file;
        const { failed, answer } = await invoke(functionName, await sampleEvent(file));
        expect({ file, failed, answer }).toMatchObject({ file, failed: false, answer: expect.any(Object) });
      }
      expect(files.length).toBeGreaterThanOrEqual(4);
    });

    it('runs a reload as an execution of its own, and brings a row that was added to the source', async () => {
      const before = await sample.executions();
      await sample.source.transaction('source', ["INSERT INTO dms_sample.sales VALUES ('106', '102', 99)"]);
      await sample.load('reload-target');

      const after = await sample.executions();
      expect(after).toHaveLength(before.length + 1);
      expect(after[0]).toMatchObject({ status: 'SUCCEEDED' });
      expect(await sample.warehouse.query('facts', 'SELECT count(*)::varchar FROM dbo.fact_sales')).toEqual([
        ['7'],
      ]);
    });
  });
});
