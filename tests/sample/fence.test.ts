import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { customerSales } from '../../src/pipelines/customer-sales.ts';
import { CONTRACT_VERSION } from '../../src/statements/contract-version.ts';
import { type FollowContext, followStatement } from '../../src/statements/follow.ts';
import type { StatementRecord } from '../../src/statements/record.ts';
import { startStatement } from '../../src/statements/start.ts';
import type { StepRequest } from '../../src/statements/step-request.ts';
import { compileStep } from '../../src/steps/compile-step.ts';
import { holdTransaction } from '../fixtures/held-transaction.ts';
import { openGuard, redriven } from '../fixtures/step-request.ts';
import { type Sample, startSample } from './sample-stack.ts';

let sample: Sample;
let context: FollowContext;
const step = customerSales.steps.find(({ name }) => name === 'Load_Customer_Dim');

/** The transaction of the first step, for a load, as an execution of its own. */
function request(execution: string, startedAt: string): StepRequest {
  if (step === undefined) throw new Error('the sample has a step');
  const { sqls, parameters } = compileStep(customerSales.name, step);
  const arn = `arn:aws:states:us-east-1:000000000000:execution:fence-test:${execution}`;
  return {
    contractVersion: CONTRACT_VERSION,
    pipeline: customerSales.name,
    step: step.name,
    sqls: [...sqls],
    parameters: {
      ...parameters,
      load_id: `load-of-${startedAt}`,
      load_started_at: startedAt,
      staged_rows: 'dbo.customer_stg=1,dbo.fact_sales_stg=0',
      execution: arn,
    },
    policy: { timeoutSeconds: 60, attempts: 1, retryOn: [], commits: false },
    load: { id: `load-of-${startedAt}`, tasks: [{ arn: 'arn:task', startedAt }] },
    stateEnteredAt: new Date().toISOString(),
    target: { clusterIdentifier: 'redshiftcluster-abcd', database: 'dev', dbUser: 'runtime' },
    execution: { arn, name: execution, redriveCount: 0, redrivenAt: null },
  };
}

async function runStep(stepRequest: StepRequest): Promise<StatementRecord> {
  const statement = await startStatement(context, stepRequest);
  return followStatement(context, { ...stepRequest, statement });
}

const customers = () => sample.warehouse.query('customers', 'SELECT cust_id FROM dbo.dim_cust ORDER BY 1');

describe('the fence', () => {
  beforeAll(async () => {
    sample = await startSample();
    context = {
      api: sample.dataApi,
      clock: systemClock,
      random: Math.random,
      remainingMs: () => 60_000,
      guard: openGuard,
    };
    await sample.warehouse.transaction('stage', ["INSERT INTO dbo.customer_stg VALUES ('1', 'a', 'b')"]);
  });
  afterAll(() => sample.close());

  it('ends a step for a load that is recorded as done, without touching a table', async () => {
    const first = await runStep(request('first', '2026-01-01T00:00:00.000Z'));
    await sample.warehouse.transaction('change', ['DELETE FROM dbo.dim_cust']);

    const second = await runStep(request('second', '2026-01-01T00:00:00.000Z'));

    expect(first).toMatchObject({ complete: true, status: 'FINISHED' });
    expect(second).toMatchObject({ complete: true, status: 'FAILED', alreadyApplied: true });
    expect(await customers()).toEqual([]);
  });

  it('applies a load once when it is submitted many times at the same moment', async () => {
    const startedAt = '2026-01-02T00:00:00.000Z';

    const records = await Promise.all(
      Array.from({ length: 8 }, (_, index) => runStep(request(`at-once-${index}`, startedAt))),
    );

    expect(records.every(({ complete }) => complete)).toBe(true);
    expect(records.filter(({ alreadyApplied }) => !alreadyApplied)).toHaveLength(1);
    expect(await customers()).toEqual([['1']]);
  });

  it('refuses a load that is older than one that is recorded', async () => {
    await runStep(request('newer', '2026-01-04T00:00:00.000Z'));

    await expect(runStep(request('older', '2026-01-03T00:00:00.000Z'))).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.stringContaining('ELT_STALE'),
    });
  });

  it('refuses a step when staging does not hold what was verified', async () => {
    const { parameters, ...rest } = request('half-loaded', '2026-01-04T12:00:00.000Z');
    const verified = { ...parameters, staged_rows: 'dbo.customer_stg=1,dbo.fact_sales_stg=6' };

    await expect(runStep({ ...rest, parameters: verified })).rejects.toMatchObject({
      name: 'LoadIncomplete',
      message: expect.stringContaining('ELT_STAGING: dbo.fact_sales_stg has 0 rows'),
    });
  });

  it('records nothing when the step itself fails', async () => {
    const { sqls, ...rest } = request('failing', '2026-01-05T00:00:00.000Z');
    const broken = { ...rest, sqls: sqls.map((sql) => sql.replace('sp_load_cust_dim', 'sp_missing')) };

    await expect(runStep(broken)).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.stringContaining('sp_missing'),
    });
    await expect(
      runStep({ ...broken, sqls, execution: { ...rest.execution, name: 'repaired', arn: 'arn:repaired' } }),
    ).resolves.toMatchObject({ status: 'FINISHED' });
  });

  it('takes over what an earlier life has submitted and lost, and applies it once', async () => {
    const lost = request('lost-id', '2026-01-06T00:00:00.000Z');
    const other = await holdTransaction(
      sample.stack.warehouse,
      'LOCK TABLE dbo.dim_cust IN ACCESS EXCLUSIVE MODE',
    );
    const submitting = startStatement(context, lost);
    await other.untilWaitedFor();

    const adopting = startStatement(context, redriven(lost, new Date(Date.now() + 60_000).toISOString()));
    await other.commit();
    const [{ id }, adopted] = await Promise.all([submitting, adopting]);
    const ended = await followStatement(context, { ...redriven(lost), statement: adopted });

    expect(adopted).toMatchObject({ id, attempt: 1, redriveSeen: 0 });
    expect(ended).toMatchObject({ id, complete: true, status: 'FINISHED' });
  });

  it('lets the fence decide when nobody remembers what an earlier life has submitted', async () => {
    const forgotten = request('forgotten', '2026-01-07T00:00:00.000Z');
    await runStep(forgotten);

    // Another execution ARN stands for a token that has expired, another name for a list that has forgotten.
    const later = request('forgotten-a-day-later', '2026-01-07T00:00:00.000Z');

    await expect(runStep(redriven(later))).resolves.toMatchObject({ complete: true, alreadyApplied: true });
  });

  it('leaves the first procedure’s table as it was when the second one of a step fails', async () => {
    const { sqls, ...rest } = request('two-procedures', '2026-01-08T00:00:00.000Z');
    await sample.warehouse.transaction('stage', ["UPDATE dbo.customer_stg SET cust_name = 'changed'"]);

    await expect(runStep({ ...rest, sqls: [...sqls, 'CALL dbo.sp_missing()'] })).rejects.toMatchObject({
      name: 'StatementFailed',
    });

    expect(await sample.warehouse.query('names', 'SELECT cust_name FROM dbo.dim_cust')).toEqual([['a']]);
  });
});
