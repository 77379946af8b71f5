import { ListStatementsCommand } from '@aws-sdk/client-redshift-data';
import {
  DescribeExecutionCommand,
  StartExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Pipeline } from '../../src/definition/pipeline.ts';
import { localDefinition } from '../../src/local-stage/local-machine.ts';
import { localMachineArn } from '../../src/local-stage/local-stage.ts';
import {
  ADDS_TOTAL,
  BOOM,
  DROPS,
  EMPTIES,
  loadFacts,
  loadTotals,
  NOTE_ROWS,
  pipelineWhere,
  RENAMES,
} from './consuming-pipeline.ts';
import { type Sample, startSample } from './sample-stack.ts';

let sample: Sample;
const asOwner = (...sqls: readonly string[]) => sample.warehouse.transaction('change', sqls);
const production = async () => {
  const [facts] = await sample.warehouse.query(
    'facts',
    'SELECT count(*)::varchar, sum(order_amt)::varchar FROM dbo.fact_sales',
  );
  const totals = await sample.warehouse.query('totals', 'SELECT total::varchar FROM dbo.totals');
  const noted = await sample.warehouse.query('noted', 'SELECT rows_staged::varchar FROM dbo.noted');
  return { facts, totals: totals.flat(), noted: noted.flat() };
};
const EQUAL_TO_THE_LOAD = { facts: ['6', '685.00'], totals: ['685.00'], noted: ['6'] };

/** Deploys the pipeline, whose facts' procedure ends so, and whose totals cannot be made. */
async function deploy(pipeline: Pipeline, atTheEnd: string): Promise<void> {
  const definition = JSON.stringify(localDefinition(pipeline));
  const stateMachineArn = localMachineArn(pipeline.name);
  await sample.sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition }));
  await asOwner(
    'CREATE TABLE dbo.totals (total numeric(18,2))',
    'CREATE TABLE dbo.noted (rows_staged bigint)',
    NOTE_ROWS,
    'GRANT EXECUTE ON PROCEDURE dbo.sp_note_rows() TO runtime',
    loadFacts(atTheEnd),
    loadTotals(BOOM),
    'GRANT EXECUTE ON PROCEDURE dbo.sp_load_totals() TO runtime',
  );
}

const causeOf = ({ cause = '' }: { readonly cause?: string | undefined }) =>
  (JSON.parse(cause) as { readonly errorMessage: string }).errorMessage;

/** A new execution of the same load. */
async function runAgain(suffix: string) {
  const { name, input, stateMachineArn } = await sample.lastRun();
  const { executionArn = '' } = await sample.sfn.send(
    new StartExecutionCommand({ stateMachineArn, input, name: `${name}${suffix}` }),
  );
  await sample.stack.stepFunctions.waitForEnd(executionArn);
  return sample.sfn.send(new DescribeExecutionCommand({ executionArn }));
}

/** How the last run's statements ended, by step and attempt. */
async function statements(): Promise<Readonly<Record<string, string>>> {
  const { name = '' } = await sample.lastRun();
  const { Statements = [] } = await sample.dataApi.send(
    new ListStatementsCommand({ StatementName: `${name}/`, Status: 'ALL' }),
  );
  return Object.fromEntries(
    Statements.map(({ StatementName = '', Status = '' }) => [StatementName.slice(name.length + 1), Status]),
  );
}

describe('a procedure that gets rid of its staged table', () => {
  beforeAll(async () => {
    sample = await startSample({ pipelines: [pipelineWhere(['dbo.fact_sales_stg'])] });
  });
  afterEach(() => sample.renew());
  afterAll(() => sample.close());

  it.each([
    ['empties it', EMPTIES],
    ['drops it', DROPS],
  ])(
    'and %s lets a run be redriven, and the steps that took effect do not run again',
    async (_, atTheEnd) => {
      await deploy(pipelineWhere(['dbo.fact_sales_stg']), atTheEnd);
      await sample.load();
      expect(await sample.lastRun()).toMatchObject({
        error: 'StatementFailed',
        cause: expect.stringContaining('boom'),
      });

      await asOwner(loadTotals(ADDS_TOTAL));
      await sample.redrive();

      expect(await sample.lastRun()).toMatchObject({ status: 'SUCCEEDED' });
      expect(await production()).toEqual(EQUAL_TO_THE_LOAD);
      expect(await statements()).toMatchObject({
        'Load_Sales_Fact/1': 'FINISHED',
        'Load_Totals/2': 'FINISHED',
      });
      expect(Object.keys(await statements())).not.toContain('Load_Sales_Fact/2');
    },
  );

  it('lets a new execution of the same load go on', async () => {
    await deploy(pipelineWhere(['dbo.fact_sales_stg']), RENAMES);
    await sample.load();
    await asOwner(loadTotals(ADDS_TOTAL));

    const again = await runAgain('-c1');

    expect(again).toMatchObject({ status: 'SUCCEEDED' });
    expect(JSON.parse(again.output ?? '')).toMatchObject({
      stagedRows: 'dbo.customer_stg=3,dbo.fact_sales_stg=consumed',
      steps: {
        Note_Rows: { status: 'NOT_SUBMITTED', alreadyApplied: true },
        Load_Sales_Fact: { alreadyApplied: true },
      },
    });
    expect(await production()).toEqual(EQUAL_TO_THE_LOAD);
  });

  it('lets all staged tables be consumed', async () => {
    await deploy(
      pipelineWhere(['dbo.fact_sales_stg', 'dbo.customer_stg']),
      `${EMPTIES}; DELETE FROM dbo.customer_stg`,
    );
    await sample.load();
    await asOwner(loadTotals(ADDS_TOTAL));

    const again = await runAgain('-c1');

    expect(again).toMatchObject({ status: 'SUCCEEDED' });
    expect(await production()).toEqual(EQUAL_TO_THE_LOAD);
  });

  it('says that a rerun needs another load', async () => {
    await deploy(pipelineWhere(['dbo.fact_sales_stg']), EMPTIES);
    await asOwner(loadTotals(ADDS_TOTAL));
    await sample.load();

    await sample.invoke('start-run', {
      pipeline: 'redshift-elt-load-customer-sales',
      reason: 'test',
      rerun: 1,
    });
    expect(await sample.endOfLastRun()).toMatchObject({
      error: 'LoadIncomplete',
      cause: expect.stringMatching(
        /fact_sales_stg: has 0 rows.*Load_Sales_Fact consumes dbo.fact_sales_stg.*reload-target/,
      ),
    });
  });

  it.each([
    ['empties it', EMPTIES],
    ['renames it', RENAMES],
  ])('and %s without saying so is told what happened and how to go on', async (_, atTheEnd) => {
    await deploy(pipelineWhere([]), atTheEnd);
    await asOwner(loadTotals(ADDS_TOTAL));
    await sample.load();

    const failed = await sample.lastRun();
    expect(failed).toMatchObject({ status: 'FAILED', error: 'LoadIncomplete' });
    expect(causeOf(failed)).toContain("consumes: ['dbo.fact_sales_stg']");
    expect(causeOf(failed)).toContain('Load again (reload-target)');
    expect(causeOf(failed)).toContain('step Load_Totals');
    await sample.stack.idle();
    expect(sample.notifications.join('\n')).not.toContain('the newer load has its own run');
  });
});
