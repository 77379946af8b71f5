import { CancelStatementCommand, ListStatementsCommand } from '@aws-sdk/client-redshift-data';
import { RedriveExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { type Chaos, createChaos } from '../../src/local/chaos/chaos.ts';
import type { ChaosKind } from '../../src/local/chaos/kinds.ts';
import { createHurriedClock } from '../../src/local/clocks.ts';
import { type HeldTransaction, holdTransaction } from '../fixtures/held-transaction.ts';
import { type Sample, startSample } from './sample-stack.ts';

let sample: Sample;
let chaos: Chaos;
let other: HeldTransaction;

/** A sample whose statements are disturbed, while somebody else holds the dimension. */
async function startUnder(kind: ChaosKind): Promise<void> {
  const waits = createHurriedClock(50);
  chaos = createChaos({ rate: 1, seed: 1, only: [kind], waits });
  sample = await startSample({ waits, chaos });
  other = await holdTransaction(sample.stack.warehouse, 'LOCK TABLE dbo.dim_cust IN ACCESS EXCLUSIVE MODE');
  await sample.loadOnly();
}

/** Status of the first attempt at the dimension. */
async function dimensionStatement(): Promise<{ Id?: string | undefined; Status?: string | undefined }> {
  const [run] = await sample.executions();
  const prefix = { StatementName: `${run?.name}/Load_Customer_Dim/1`, Status: 'ALL' as const };
  const { Statements = [] } = await sample.dataApi.send(new ListStatementsCommand(prefix));
  return Statements[0] ?? {};
}
const untilDimensionIs = (status: string) =>
  expect.poll(async () => (await dimensionStatement()).Status).toBe(status);

async function stopRun(): Promise<string> {
  const [run] = await sample.executions();
  await sample.sfn.send(new StopExecutionCommand({ executionArn: run?.arn }));
  return run?.arn ?? '';
}
const countFacts = () => sample.warehouse.query('facts', 'SELECT count(*)::varchar FROM dbo.fact_sales');

describe('a run that is stopped', () => {
  afterEach(async () => {
    await sample.close();
  });

  it('while its statement is SUBMITTED and cannot be cancelled leaves nothing running', async () => {
    await startUnder('stuck-submitted');
    await untilDimensionIs('SUBMITTED');
    const { Id } = await dimensionStatement();
    expect(await sample.dataApi.send(new CancelStatementCommand({ Id }))).toMatchObject({ Status: false });

    await stopRun();
    await untilDimensionIs('ABORTED');
    await other.commit();

    expect(await countFacts()).toEqual([['0']]);
  });

  it('while its statement rolls back slowly is redriven to its end', async () => {
    await startUnder('slow-rollback');
    await other.untilWaitedFor();

    const executionArn = await stopRun();
    await expect.poll(() => chaos.counts.get('slow-rollback'), { interval: 5 }).toBe(1);
    expect(await dimensionStatement()).toMatchObject({ Status: 'STARTED' });
    await sample.sfn.send(new RedriveExecutionCommand({ executionArn }));
    await other.commit();

    expect(await sample.stack.stepFunctions.waitForEnd(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await countFacts()).toEqual([['6']]);
  });
});
