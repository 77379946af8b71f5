import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { arnReference, TASK_FUNCTIONS } from '../../src/compile/template/function-names.ts';
import { functionArn } from '../../src/local/services/lambda/functions.ts';
import { localMachineArn } from '../../src/local-stage/local-stage.ts';
import { customerSales } from '../../src/pipelines/customer-sales.ts';
import { CONTRACTS, readGolden } from './golden-machines.ts';
import { type Sample, startSample } from './sample-stack.ts';

const COUNTS =
  'SELECT (SELECT count(*) FROM dbo.dim_cust)::varchar, (SELECT count(*) FROM dbo.fact_sales)::varchar';

let sample: Sample;

/** Puts a released machine in the place of the one that is compiled today. */
async function deploy(contract: number): Promise<void> {
  const stateMachineArn = localMachineArn(customerSales.name);
  const { name, roleArn } = await sample.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const definition = TASK_FUNCTIONS.reduce(
    (text, functionName) => text.replaceAll(arnReference(functionName), functionArn(functionName)),
    await readGolden(contract),
  );
  await sample.sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
  await sample.sfn.send(new CreateStateMachineCommand({ name, roleArn, definition }));
}

/** Status and output of each execution, the latest first. */
async function ends() {
  const runs = await sample.executions();
  const all = await Promise.all(runs.map(({ arn }) => sample.stack.stepFunctions.waitForEnd(arn)));
  return all.map((end) => ({ ...end, ...('output' in end ? { output: JSON.parse(end.output ?? '') } : {}) }));
}

describe('a machine that was released', () => {
  beforeAll(async () => {
    sample = await startSample();
  });
  afterEach(() => sample.renew());
  afterAll(() => sample.close());

  it.each(CONTRACTS)(
    'takes a load to production with the functions of today: contract %i',
    async (contract) => {
      await deploy(contract);

      await sample.load();

      expect(await ends()).toMatchObject([{ status: 'SUCCEEDED', output: { outcome: 'published' } }]);
      expect(await sample.warehouse.query('counts', COUNTS)).toEqual([['3', '6']]);
    },
  );

  it.each(CONTRACTS)('takes the same load again when a person asks for it: contract %i', async (contract) => {
    await deploy(contract);
    await sample.load();

    await sample.invoke('start-run', { pipeline: customerSales.name, reason: 'repaired', rerun: 1 });

    expect(await ends()).toMatchObject([
      { status: 'SUCCEEDED', output: { outcome: 'published', load: { id: expect.stringMatching(/-r1$/) } } },
      { status: 'SUCCEEDED', output: { outcome: 'published' } },
    ]);
  });
});
