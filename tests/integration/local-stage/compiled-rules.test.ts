import { afterEach, describe, expect, it } from 'vitest';
import type { CompiledStage } from '../../../src/local-stage/compiled-stage.ts';
import { type Stack, type StackOptions, startStack } from '../../../src/local-stage/stack.ts';
import { createFakeWarehouse } from '../../fixtures/fake-warehouse.ts';
import { orders } from '../../fixtures/pipeline.ts';

const open: Stack[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((stack) => stack.close()));
});

const module = new URL('../local/chaos/handlers/announce.ts', import.meta.url);

const SIXTH_RULE = {
  Type: 'AWS::Events::Rule',
  Properties: {
    EventPattern: { source: ['a.sixth'] },
    Targets: [{ Id: 'sixth', Arn: { 'Fn::GetAtt': ['NotifyDashoutcomeLambdaFunction', 'Arn'] } }],
  },
};

const withResource = (id: string, resource: object) => (compiled: CompiledStage) => ({
  ...compiled,
  resources: { ...compiled.resources, [id]: { ...resource } },
});

/** A stack whose functions publish the ids of the events that reach them. */
async function start(adaptStage: StackOptions['adaptStage']) {
  const announced: string[] = [];
  const stack = await startStack({
    ...{ port: 0, pipelines: [orders], tasks: [], functions: [{ name: 'notify-outcome', module }] },
    warehouse: Promise.resolve(createFakeWarehouse()),
    onNotification: (message) => void announced.push(message),
    ...{ onLog: () => {}, report: () => {} },
    ...(adaptStage ? { adaptStage } : {}),
  });
  open.push(stack);
  const call = async (operation: string, input: object) => {
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSEvents.${operation}`,
    };
    const response = await fetch(stack.url, { method: 'POST', headers, body: JSON.stringify(input) });
    return response.json();
  };
  return { stack, announced, call };
}

const EVENT = { Source: 'a.sixth', DetailType: 'anything', Detail: '{}' };

describe('the local stage', () => {
  it('has the rules of the compiled template', async () => {
    const { call } = await start(undefined);

    const { Rules } = (await call('ListRules', {})) as { Rules: readonly { Name: string }[] };

    expect(Rules.map(({ Name }) => Name.replace('redshift-elt-local-', '')).toSorted()).toEqual([
      'LoadFailedRule',
      'LoadFinishedRule',
      'RunEndedRule',
      'RunStoppedRule',
      'SweepRule',
    ]);
  });

  it('delivers by a rule that the template has in addition, without any other change', async () => {
    const { stack, announced, call } = await start(withResource('SixthRule', SIXTH_RULE));

    await call('PutEvents', { Entries: [EVENT] });
    await stack.idle();

    expect(announced).toHaveLength(1);
  });

  it.each([
    [
      'a resource',
      { Type: 'AWS::Kinesis::Stream', Properties: {} },
      'the local AWS has no AWS::Kinesis::Stream',
    ],
    [
      'a property',
      { ...SIXTH_RULE, Properties: { ...SIXTH_RULE.Properties, EventBusName: 'other' } },
      'does not know property EventBusName of AWS::Events::Rule',
    ],
    [
      'an intrinsic function',
      { ...SIXTH_RULE, Properties: { Name: 'x', Description: { 'Fn::Select': [0, ['x']] }, Targets: [] } },
      'cannot evaluate {"Fn::Select":[0,["x"]]}',
    ],
    [
      'a reference',
      { ...SIXTH_RULE, Properties: { Name: 'x', Description: { Ref: 'Nowhere' }, Targets: [] } },
      'does not know "Ref" of Nowhere, which is no resource of the template',
    ],
  ])('refuses %s that it does not know, by name', async (_what, resource, message) => {
    await expect(start(withResource('Stranger', resource))).rejects.toThrow(message);
  });
});
