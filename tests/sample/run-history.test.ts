import { readFile } from 'node:fs/promises';
import { type HistoryEvent, paginateGetExecutionHistory } from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createHurriedClock } from '../../src/local/clocks.ts';
import { fenceTableName } from '../../src/names/elt-tables.ts';
import { customerSales } from '../../src/pipelines/customer-sales.ts';
import { readRun } from '../../src/run-history/read-run.ts';
import type { Run } from '../../src/run-history/run.ts';
import { holdTransaction } from '../fixtures/held-transaction.ts';
import { type Sample, startSample } from './sample-stack.ts';

const BOOM = `CREATE OR REPLACE PROCEDURE dbo.sp_load_cust_dim() AS $$
BEGIN
  RAISE EXCEPTION 'boom';
END;
$$ LANGUAGE plpgsql`;

const PROCEDURE = new URL('../../sql/migrations/R__procedure_load_cust_dim.sql', import.meta.url);

const FENCE = `elt.${fenceTableName(customerSales.name, 'Load_Customer_Dim')}`;

let sample: Sample;

/** A run as it is read from the API. @param index from the newest, 0 */
async function runOf(index = 0): Promise<Run> {
  const { arn = '' } = (await sample.executions())[index] ?? {};
  const events: HistoryEvent[] = [];
  for await (const page of paginateGetExecutionHistory({ client: sample.sfn }, { executionArn: arn }))
    events.push(...(page.events ?? []));
  return readRun(customerSales, events);
}

const stepsOf = ({ steps }: Run) => Object.fromEntries(steps.map((step) => [step.name, step]));

describe('the history of a run of the sample', () => {
  beforeAll(async () => {
    sample = await startSample({ waits: createHurriedClock(200) });
  });
  afterEach(() => sample.renew());
  afterAll(() => sample.close());

  it('tells each step’s statement, its time in Redshift and what it did', async () => {
    await sample.load();

    const run = await runOf();

    expect(run).toMatchObject({
      status: 'SUCCEEDED',
      stagedRows: { 'dbo.customer_stg': 3, 'dbo.fact_sales_stg': 6 },
    });
    expect(stepsOf(run)).toMatchObject({
      Check_Staged_Sales: { kind: 'check', state: 'done', effect: 'reads-only', wrongRows: 0 },
      Load_Customer_Dim: { kind: 'call', state: 'done', effect: 'applied', attempts: 1, retried: [] },
    });
    for (const step of run.steps) {
      expect(step.statementId).toMatch(/^[0-9a-f-]{36}$/);
      expect(step.statementMs).toBeGreaterThan(0);
      expect(step.endedAt).toBeGreaterThanOrEqual(step.startedAt ?? Number.NaN);
    }
  });

  it('tells of a failure at once, and of the redrive that came behind it', async () => {
    await sample.warehouse.transaction('boom', [BOOM]);
    await sample.load();

    const failed = stepsOf(await runOf()).Load_Customer_Dim;

    expect(failed).toMatchObject({
      state: 'failed',
      effect: 'not-applied',
      attempts: 1,
      failure: { error: 'StatementFailed', cause: expect.stringContaining('boom') },
    });
    await sample.warehouse.transaction('repair', [await readFile(PROCEDURE, 'utf8')]);
    await sample.redrive();
    const run = await runOf();
    expect(run).toMatchObject({ status: 'SUCCEEDED', redrives: 1 });
    const repaired = stepsOf(run).Load_Customer_Dim;
    expect(repaired).toMatchObject({ state: 'done', effect: 'applied', attempts: 2 });
    expect(repaired?.statementId).not.toBe(failed?.statementId);
  });

  it('tells of an attempt that failed and was followed by another', async () => {
    await sample.load();
    const other = await holdTransaction(
      sample.stack.warehouse,
      "UPDATE dbo.dim_cust SET cust_name = 'other'",
    );
    const second = sample.load('reload-target');
    await other.untilWaitedFor();
    await other.commit();
    await second;

    expect(stepsOf(await runOf()).Load_Customer_Dim).toMatchObject({
      state: 'done',
      attempts: 2,
      retried: [{ attempt: 1, failure: 'conflict', error: expect.stringContaining('1023') }],
    });
  });

  it('tells that a run did nothing because a newer load had come', async () => {
    const other = await holdTransaction(
      sample.stack.warehouse,
      `LOCK TABLE ${FENCE} IN ACCESS EXCLUSIVE MODE`,
    );
    await sample.loadOnly();
    await other.untilWaitedFor();
    await sample.loadOnly('reload-target');
    await sample.loadOnly('reload-target');
    await other.commit();
    for (const { arn } of await sample.executions()) await sample.stack.stepFunctions.waitForEnd(arn);

    const run = await runOf(1);

    expect(run).toMatchObject({ status: 'SUCCEEDED', superseded: expect.stringContaining('newer load') });
    expect(new Set(run.steps.map(({ state }) => state))).toEqual(new Set(['not-started']));
    expect(new Set(run.steps.map(({ effect }) => effect))).toEqual(new Set(['reads-only', 'not-applied']));
  });
});
