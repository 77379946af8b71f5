import { describe, expect, it } from 'vitest';
import { arnReference } from '../../../src/compile/template/function-names.ts';
import { missingAlarmInput } from '../../../src/verify-aws/services/cloudwatch.ts';
import { deepDefinition, levelsOf } from '../../../src/verify-aws/services/step-functions.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';
import { CLUSTER_PARAMETERS, testStage } from '../../fixtures/stage.ts';
import { createFakeAccount } from '../../fixtures/verify-aws/fake-account.ts';
import { settleIn } from '../../fixtures/verify-aws/fake-world.ts';
import { LIST, product } from '../../fixtures/verify-aws/price-list.ts';

const settleWith = (id: string, other: Parameters<typeof createFakeAccount>[0] = {}) =>
  settleIn(id, { account: createFakeAccount(other) });

describe('alarms', () => {
  it('is the alarm that a stage would have, but tells nobody', () => {
    const input = missingAlarmInput(testStage(), 'elt-verify-1');

    expect(input).toMatchObject({ AlarmName: 'elt-verify-1', TreatMissingData: 'notBreaching' });
    expect(input.Metrics?.[0]?.MetricStat?.Metric).toMatchObject({ MetricName: 'LoadsOverdue' });
    expect(Object.keys(input).filter((name) => name.endsWith('Actions'))).toEqual([]);
  });

  it('of a removed pipeline is gone, or still shown', async () => {
    const shown = { DescribeAlarms: () => ({ MetricAlarms: [{ StateValue: 'ALARM' }] }) };

    expect(await settleWith('removed-alarm-gone')).toMatchObject({ verdict: 'yes' });
    expect(await settleWith('removed-alarm-gone', shown)).toMatchObject({ verdict: 'no' });
  });
});

describe('deployments', () => {
  it('keep a hold, or lose it', async () => {
    expect(await settleWith('hold-kept')).toMatchObject({ verdict: 'yes' });
    expect(await settleWith('hold-kept', { ListTagsForResource: () => ({ tags: [] }) })).toMatchObject({
      verdict: 'no',
    });
  });

  it('leave it open where no machine is deployed, or the stack does not come up', async () => {
    const none = { ListStateMachines: () => ({ stateMachines: [] }) };
    const failed = {
      DescribeStacks: () => ({
        Stacks: [{ StackStatus: 'ROLLBACK_COMPLETE', StackStatusReason: 'no PassRole' }],
      }),
    };

    expect(await settleWith('hold-kept', none)).toMatchObject({ verdict: 'open' });
    expect(await settleWith('hold-kept', failed)).toMatchObject({
      verdict: 'open',
      evidence: expect.stringContaining('ROLLBACK_COMPLETE: no PassRole'),
    });
  });

  it('put ARNs into definitions in S3, or leave their placeholders', async () => {
    const stage = testStage(CLUSTER_PARAMETERS, manyPipelines());
    const left = {
      DescribeStateMachine: () => ({
        definition: JSON.stringify({ FunctionName: arnReference('start-statement') }),
      }),
    };
    const machines = {
      ListStateMachines: () => ({ stateMachines: [{ name: 'load-orders-0-test', stateMachineArn: 'arn' }] }),
    };

    const settle = (other: object) =>
      settleIn('arns-in-definitions', { stage, account: createFakeAccount({ ...machines, ...other }) });
    expect(await settle({})).toMatchObject({ verdict: 'yes' });
    expect(await settle(left)).toMatchObject({ verdict: 'no' });
  });

  it('say nothing about S3 where definitions are in the template', async () => {
    expect(await settleWith('arns-in-definitions')).toMatchObject({
      verdict: 'open',
      evidence: expect.stringContaining('not in S3 (1 deployed definitions, 0 with a placeholder left)'),
    });
  });
});

/** As many as do not fit into a template. */
function manyPipelines() {
  return Array.from({ length: 60 }, (_, index) => ({ ...orders, name: `load-orders-${index}` }));
}

describe('the depth of a definition', () => {
  it('is that of about sixty steps, with ARNs of functions', () => {
    const definition = deepDefinition(ORDERS_TASK_ARN);

    expect(levelsOf(JSON.parse(definition))).toBe(123);
    expect(definition).toContain('arn:aws:lambda:eu-central-1:123456789012:function:none');
    expect(definition).not.toMatch(/\$\{/);
  });

  it('is accepted, or refused with a diagnosis', async () => {
    const diagnostics = [{ code: 'SCHEMA_VALIDATION_FAILED', message: 'too deep' }];

    expect(await settleWith('definition-depth')).toMatchObject({ verdict: 'yes' });
    expect(
      await settleWith('definition-depth', {
        ValidateStateMachineDefinition: () => ({ result: 'FAIL', diagnostics }),
      }),
    ).toMatchObject({
      verdict: 'no',
      evidence: expect.stringContaining('SCHEMA_VALIDATION_FAILED: too deep'),
    });
  });
});

describe('list prices', () => {
  const listWith = (service: string, ...products: string[]) => ({
    GetProducts: ({ ServiceCode }: { ServiceCode: string }) => ({
      PriceList: ServiceCode === service ? products : LIST[ServiceCode],
    }),
  });

  it('are those of the price table', async () => {
    expect(await settleWith('list-prices')).toMatchObject({ verdict: 'yes' });
  });

  it('have changed', async () => {
    const other = listWith('AmazonStates', product('USE1-StateTransition', { '0': '0.0000300000' }));

    expect(await settleWith('list-prices', other)).toEqual({
      verdict: 'no',
      evidence: 'us-east-1: stateTransition is 0.00003 in the list, 0.000025 in the table',
    });
  });

  it.each([
    ['is not there', []],
    ['is free only', [product('USE1-XRay-TracesStored', { '0': '0.0000000000' })]],
    ['is there twice', ['0.1', '0.2'].map((price) => product('USE1-XRay-TracesStored', { '0': price }))],
    ['is of another Region', [product('USW2-XRay-TracesStored', { '0': '0.0000050000' })]],
  ])('stay open where one %s', async (_title, products) => {
    expect(await settleWith('list-prices', listWith('AWSXRay', ...products))).toMatchObject({
      verdict: 'open',
      evidence: expect.stringContaining('XRay-TracesStored'),
    });
  });
});
