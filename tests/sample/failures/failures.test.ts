import {
  CancelStatementCommand,
  DescribeStatementCommand,
  ListStatementsCommand,
} from '@aws-sdk/client-redshift-data';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createHurriedClock } from '../../../src/local/clocks.ts';
import { holdTransaction } from '../../fixtures/held-transaction.ts';
import { type Sample, startSample } from '../sample-stack.ts';

const BOOM = `CREATE OR REPLACE PROCEDURE dbo.sp_load_fact_sales() AS $$
BEGIN
  RAISE EXCEPTION 'boom';
END;
$$ LANGUAGE plpgsql`;
const REPAIRED = `CREATE OR REPLACE PROCEDURE dbo.sp_load_fact_sales() AS $$
BEGIN
  DELETE FROM dbo.fact_sales;
  INSERT INTO dbo.fact_sales (order_number, cust_key, order_amt)
  SELECT s.order_number, d.cust_key, s.order_amt FROM dbo.fact_sales_stg s JOIN dbo.dim_cust d ON d.cust_id = s.cust_id;
END;
$$ LANGUAGE plpgsql`;

let sample: Sample;
const asOwner = (sql: string) => sample.warehouse.transaction('change', [sql]);
const factCount = async () =>
  (await sample.warehouse.query('facts', 'SELECT count(*)::varchar FROM dbo.fact_sales'))[0]?.[0];

/** Statements of the last run, by step and attempt. */
async function submitted(): Promise<Record<string, { Id: string; Status: string }>> {
  const [run] = await sample.executions();
  const { Statements = [] } = await sample.dataApi.send(
    new ListStatementsCommand({ StatementName: `${run?.name}/`, Status: 'ALL' }),
  );
  return Object.fromEntries(
    Statements.map(({ StatementName = '', Id = '', Status = '' }) => [
      StatementName.slice((run?.name.length ?? 0) + 1),
      { Id, Status },
    ]),
  );
}

describe('a night that goes wrong', () => {
  beforeAll(async () => {
    // A stop that is tried again, and a step, wait a minute.
    sample = await startSample({ waits: createHurriedClock(200) });
  });
  afterEach(() => sample.renew());
  afterAll(() => sample.close());

  it('fails at the step whose procedure raises, and goes on there after a repair and a redrive', async () => {
    await asOwner(BOOM);
    await sample.load();

    const failed = await sample.lastRun();
    expect(failed).toMatchObject({ status: 'FAILED', error: 'StatementFailed' });
    expect(failed.cause).toContain('boom');
    expect(failed.cause).toContain('step Load_Sales_Fact of redshift-elt-load-customer-sales');
    expect(await factCount()).toBe('0');

    await asOwner(REPAIRED);
    await sample.redrive();

    expect(await sample.lastRun()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await factCount()).toBe('6');
    expect(Object.keys(await submitted()).toSorted()).toEqual([
      'Check_Staged_Sales/1',
      'Confirm_Load_audits/5',
      'Confirm_Load_record/5',
      'Load_Customer_Dim/1',
      'Load_Sales_Fact/1',
      'Load_Sales_Fact/2',
      'Verify_Full_Load/1',
      'Verify_Full_Load_columns/1',
      'Verify_Full_Load_recorded_columns/1',
    ]);
  });

  it('tries again after a real conflict with another transaction, and shows it in the output', async () => {
    await sample.load();
    const other = await holdTransaction(
      sample.stack.warehouse,
      "UPDATE dbo.dim_cust SET cust_name = 'other'",
    );
    const second = sample.load('reload-target');
    await other.untilWaitedFor();
    await other.commit();
    await second;

    const run = await sample.lastRun();
    expect(run.status).toBe('SUCCEEDED');
    expect(JSON.parse(run.output ?? '').steps.Load_Customer_Dim).toMatchObject({
      attempt: 2,
      failedAttempts: [{ attempt: 1, failure: 'conflict', error: expect.stringContaining('1023') }],
    });
  });

  it('ends with StatementAborted when somebody cancels the statement', async () => {
    const other = await holdTransaction(
      sample.stack.warehouse,
      'LOCK TABLE dbo.dim_cust IN ACCESS EXCLUSIVE MODE',
    );
    await sample.startLoad();
    await other.untilWaitedFor();

    await sample.dataApi.send(
      new CancelStatementCommand({ Id: (await submitted())['Load_Customer_Dim/1']?.Id }),
    );

    expect(await sample.endOfLastRun()).toMatchObject({ error: 'StatementAborted' });
    await other.commit();
  });

  it('cancels the statement of an execution that is stopped', async () => {
    const other = await holdTransaction(
      sample.stack.warehouse,
      'LOCK TABLE dbo.dim_cust IN ACCESS EXCLUSIVE MODE',
    );
    await sample.startLoad();
    await other.untilWaitedFor();
    const statement = (await submitted())['Load_Customer_Dim/1'];
    const [run] = await sample.executions();

    await sample.sfn.send(new StopExecutionCommand({ executionArn: run?.arn }));

    const status = async () =>
      (await sample.dataApi.send(new DescribeStatementCommand({ Id: statement?.Id }))).Status;
    await expect.poll(status).toBe('ABORTED');
    await other.commit();
  });

  it('does not run a load again that was overtaken before it was redriven', async () => {
    await asOwner(BOOM);
    await sample.load();
    const [old] = await sample.executions();
    await asOwner(REPAIRED);
    await sample.load('reload-target');

    await sample.redrive(old?.arn);

    expect(await sample.stack.stepFunctions.waitForEnd(old?.arn ?? '')).toMatchObject({
      status: 'FAILED',
      error: 'LoadChanged',
    });
    expect(await factCount()).toBe('6');
  });
});
