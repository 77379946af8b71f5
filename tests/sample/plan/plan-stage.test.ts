import { DescribeStateMachineCommand, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlanFlags } from '../../../src/cli/plan/make-plan.ts';
import { planAgainstStage } from '../../../src/cli/plan/plan-stage.ts';
import { makeTreeTemplate } from '../../../src/cli/plan/tree-template.ts';
import { localMachineArn } from '../../../src/local-stage/local-stage.ts';
import { pipelines } from '../../../src/pipelines/index.ts';
import { isEmptyPlan, type Plan } from '../../../src/plan/plan.ts';
import { holdTransaction } from '../../fixtures/held-transaction.ts';
import { type Sample, startSample } from '../sample-stack.ts';
import { type StackEndpoint, serveStacks } from './stack-endpoint.ts';

const MACHINE = localMachineArn('redshift-elt-load-customer-sales');
const STACK = 'redshift-elt-dev';
let sample: Sample;
let endpoint: StackEndpoint;
const flags = (stage?: string): PlanFlags => ({
  ...{ ownerUser: 'owner', dmsUser: 'dms', endpointUrl: endpoint.url },
  ...(stage === undefined ? {} : { stage }),
});
const kinds = (plan: Plan) =>
  [...plan.pipelines, ...plan.migrations].map(
    ({ kind, where }) => `${kind} ${where.step ?? where.object ?? ''}`,
  );

beforeAll(async () => {
  sample = await startSample();
  endpoint = await serveStacks(sample.stack.url);
});
afterAll(async () => {
  await endpoint.close();
  await sample.close();
});

describe('a plan against the local AWS', () => {
  it('is empty for the tree that runs there, and says what was not looked at', async () => {
    const plan = await planAgainstStage(flags(), pipelines);

    expect(plan).toMatchObject({ pipelines: [], migrations: [], alive: [], failed: [] });
    expect(isEmptyPlan(plan)).toBe(true);
    expect(plan.notLookedAt).toEqual([expect.stringContaining('no CloudFormation')]);
  });

  it('tells what the machine there does otherwise, and which migrations are due', async () => {
    const { definition = '' } = await sample.sfn.send(
      new DescribeStateMachineCommand({ stateMachineArn: MACHINE }),
    );
    const other = definition
      .replaceAll('"timeoutSeconds":21600', '"timeoutSeconds":60')
      .replaceAll('CALL dbo.sp_load_cust_dim()', 'CALL dbo.sp_load_customers()');
    await sample.sfn.send(new UpdateStateMachineCommand({ stateMachineArn: MACHINE, definition: other }));
    await sample.warehouse.transaction('history', [
      "DELETE FROM elt.schema_history WHERE script = 'V002__create_customer_key_register.sql'",
      "UPDATE elt.schema_history SET checksum = 'other' WHERE script = 'R__procedure_load_cust_dim.sql'",
    ]);

    const plan = await planAgainstStage(flags(), pipelines);
    await sample.sfn.send(new UpdateStateMachineCommand({ stateMachineArn: MACHINE, definition }));

    expect(kinds(plan)).toEqual([
      'timeout-longer Check_Staged_Sales',
      'procedure-changed Load_Customer_Dim',
      'timeout-longer Load_Customer_Dim',
      'timeout-longer Load_Sales_Fact',
      'version-due V002__create_customer_key_register.sql',
      'repeatable-due R__procedure_load_cust_dim.sql',
    ]);
    await sample.renew();
  });
});

describe('a run that is alive', () => {
  it('is told of where its pipeline changes: it ends with the definition that it began with', async () => {
    const { definition = '' } = await sample.sfn.send(
      new DescribeStateMachineCommand({ stateMachineArn: MACHINE }),
    );
    const held = await holdTransaction(sample.stack.warehouse, 'LOCK TABLE dbo.dim_cust');
    await sample.startLoad();
    await held.untilWaitedFor();
    const same = await planAgainstStage(flags(), pipelines);
    const other = definition.replaceAll('"attempts":4', '"attempts":9');
    await sample.sfn.send(new UpdateStateMachineCommand({ stateMachineArn: MACHINE, definition: other }));

    const changed = await planAgainstStage(flags(), pipelines);

    await sample.sfn.send(new UpdateStateMachineCommand({ stateMachineArn: MACHINE, definition }));
    await held.commit();
    await sample.endOfLastRun();
    expect(same.alive).toEqual([]);
    expect(changed.alive).toEqual([
      { pipeline: 'redshift-elt-load-customer-sales', name: expect.any(String) },
    ]);
    await sample.renew();
  });
});

describe('a plan against a stack', () => {
  it('is empty for a stack that was deployed from this tree, and everything is new without one', async () => {
    const missing = await planAgainstStage(flags('dev'), pipelines);
    const { template } = await makeTreeTemplate('dev', 'us-east-1');
    endpoint.stacks.set(STACK, JSON.stringify(template));
    const same = await planAgainstStage(flags('dev'), pipelines);

    expect(missing.notLookedAt).toEqual([`stack ${STACK}, which is not there: everything is new`]);
    expect(kinds(missing)).toEqual(['pipeline-added ', 'trigger-added dms-full-dump-task']);
    expect(missing.permissions.widened.length).toBeGreaterThan(10);
    expect(isEmptyPlan(same)).toBe(true);
    expect(same.cost?.after).toEqual(same.cost?.before);
  });

  it('goes on where the warehouse does not answer, and says so', async () => {
    const plan = await planAgainstStage({ ...flags('dev'), dbUser: 'runtime' }, pipelines);

    expect(plan.failed).toEqual([expect.stringMatching(/^the migrations\. .*schema_history/s)]);
    expect(plan.pipelines).toEqual([]);
  });
});

it('has only asked', () => {
  const operations = [...new Set(endpoint.calls.map((call) => call.split('.')[1] ?? call))];

  expect(operations.filter((name) => !/^(Describe|List|Get)/.test(name))).toEqual(['ExecuteStatement']);
  expect(endpoint.calls).toContain('CloudFormation.GetTemplate');
  expect(endpoint.statements.filter((sql) => !/^SELECT\b/.test(sql) || /;|\bINTO\b/.test(sql))).toEqual([]);
});
