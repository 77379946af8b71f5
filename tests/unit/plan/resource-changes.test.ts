import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import { compareTrees } from '../../../src/plan/plan.ts';
import { compare, DEFINITION, deployableOf, PIPELINE } from '../../fixtures/plan/compared.ts';

const STOCK = definePipeline({
  name: 'load-stock',
  tasks: ['orders-task'],
  stagedTables: ['mart.stock_stg'],
  steps: { Load_Stock: { call: 'mart.sp_load_stock' } },
});

type Edit = (resources: Record<string, { Properties: Record<string, unknown> }>) => void;

/** What changes where somebody edits the template itself. */
function edited(edit: Edit) {
  const before = deployableOf([PIPELINE]);
  const template = structuredClone(before.template);
  edit(template.Resources as Parameters<Edit>[0]);
  return compareTrees(before, { ...before, template });
}

const short = ({ resources }: ReturnType<typeof edited>) =>
  resources.map(({ class: ofClass, kind, where }) => `${ofClass}: ${kind} ${where.object}`);

describe('resources that change', () => {
  it.each<[string, Parameters<typeof compare>[2], readonly string[]]>([
    [
      'logs that are kept longer',
      { logRetentionDays: 90 },
      ['harmless: resource-setting StateMachineLogGroup'],
    ],
    [
      'logs that are kept shorter',
      { logRetentionDays: 7 },
      ['cannot be undone: logs-shorter StateMachineLogGroup'],
    ],
    ['logs without data', { logExecutionData: false }, ['harmless: resource-setting LoadOrdersStateMachine']],
    ['an alarm with another limit', { alarmThrottles: 99 }, ['harmless: resource-setting ThrottleAlarm']],
    ['no messages of success', { notifySuccess: false }, ['changes results: resource-changed RunEndedRule']],
  ])('are told of %s', (_title, parameters, expected) => {
    expect(short(compare([PIPELINE], [PIPELINE], parameters))).toEqual(expected);
  });

  it.each<[string, Edit, readonly string[]]>([
    [
      'a state machine of another name',
      ({ LoadOrdersStateMachine }) => {
        if (LoadOrdersStateMachine) LoadOrdersStateMachine.Properties.StateMachineName = 'other';
      },
      ['cannot be undone: stateful-replaced LoadOrdersStateMachine'],
    ],
    [
      'a state machine of another type',
      ({ LoadOrdersStateMachine }) => {
        if (LoadOrdersStateMachine) LoadOrdersStateMachine.Properties.StateMachineType = 'EXPRESS';
      },
      ['cannot be undone: stateful-replaced LoadOrdersStateMachine'],
    ],
    [
      'a queue that is gone',
      (resources) => {
        delete resources.FailureQueue;
      },
      ['cannot be undone: stateful-gone FailureQueue'],
    ],
    [
      'an alarm that is gone',
      (resources) => {
        delete resources.SweepAlarm;
      },
      ['harmless: resource-given-up SweepAlarm'],
    ],
    [
      'a rule that is gone',
      (resources) => {
        delete resources.SweepRule;
      },
      ['changes results: resource-gone SweepRule'],
    ],
    [
      'a description',
      ({ SweepRule }) => {
        if (SweepRule) SweepRule.Properties.Description = 'other';
      },
      ['harmless: resource-setting SweepRule'],
    ],
  ])('are told of %s', (_title, edit, expected) => {
    expect(short(edited(edit))).toEqual(expected);
  });

  it('are told of code, where archives are at hand', () => {
    const tree = deployableOf([PIPELINE]);
    const withCode = (hash: string) => ({ ...tree, code: new Map([['start-run', hash]]) });

    expect(short(compareTrees(withCode('a'), withCode('b')))).toEqual([
      'changes results: code-changed start-run',
    ]);
    expect(
      compareTrees(tree, { template: tree.template, findDefinition: tree.findDefinition }).notLookedAt,
    ).toEqual([expect.stringContaining('the functions’ code')]);
  });
});

describe('permissions', () => {
  it('that a pipeline brings are told apart, each by what is new alone', () => {
    const { widened, narrowed } = compare([PIPELINE], [PIPELINE, STOCK]).permissions;

    expect(narrowed).toEqual([]);
    const [start] = widened.filter(
      ({ who, action }) => who === 'StartRunRole' && action === 'states:StartExecution',
    );
    expect(start?.resources).toEqual([expect.stringContaining('stateMachine:load-stock-test')]);
    expect(
      widened.flatMap(({ resources }) => resources).filter((one) => one.includes('load-orders')),
    ).toEqual([]);
  });

  it('that a pipeline takes with it are told as well', () => {
    const { widened, narrowed } = compare([PIPELINE, STOCK], [PIPELINE]).permissions;

    expect(widened).toEqual([]);
    expect(narrowed.map(({ action }) => action)).toContain('states:StartExecution');
  });

  it('that move from a role into its managed policies are no change', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        definePipeline({
          ...DEFINITION,
          name: `load-${index}`,
          stagedTables: [`mart.s${index}`],
          steps: { Load: { call: `mart.sp_${index}` } },
        }),
      );
    const before = deployableOf(many(20));
    const after = deployableOf(many(60));

    const { widened, narrowed } = compareTrees(before, after).permissions;

    const types = Object.values(after.template.Resources).map(({ Type }) => Type);
    expect(types).toContain('AWS::IAM::ManagedPolicy');
    expect(narrowed).toEqual([]);
    const named = widened
      .flatMap(({ resources }) => resources)
      .filter((one) => /load-(?:1?\d)-test/.test(one));
    expect(named).toEqual([]);
  });

  it('of anything that a person has added are told', () => {
    const { permissions } = edited(({ StartRunRole }) => {
      const [policy] = (StartRunRole?.Properties.Policies ?? []) as [
        { PolicyDocument: { Statement: unknown[] } },
      ];
      policy.PolicyDocument.Statement.push({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
    });

    expect(permissions.widened).toEqual([
      { who: 'StartRunRole', action: 's3:*', resources: ['*'], condition: '' },
    ]);
  });
});

describe('what is denied', () => {
  it('widens permissions where it is gone, and narrows them where it is new', () => {
    const deny: Edit = ({ StartRunRole }) => {
      const [policy] = (StartRunRole?.Properties.Policies ?? []) as [
        { PolicyDocument: { Statement: unknown[] } },
      ];
      policy.PolicyDocument.Statement.push({ Effect: 'Deny', Action: 's3:*', Resource: '*' });
    };
    const before = deployableOf([PIPELINE]);
    const template = structuredClone(before.template);
    deny(template.Resources as Parameters<Edit>[0]);
    const denied = { ...before, template };

    const added = compareTrees(before, denied).permissions;
    const gone = compareTrees(denied, before).permissions;

    expect([added.widened, gone.narrowed]).toEqual([[], []]);
    expect(added.narrowed).toEqual(gone.widened);
    expect(gone.widened).toMatchObject([{ action: 'Deny s3:*', resources: ['*'] }]);
  });
});

describe('the cost', () => {
  it('rises with a pipeline, by the one price table', () => {
    const { cost } = compare([PIPELINE], [PIPELINE, STOCK]);

    const { before, after } = cost ?? expect.fail('no cost');
    expect(after.stepFunctions).toBeGreaterThan(before.stepFunctions);
    expect(after.alarms - before.alarms).toBeCloseTo(0.2, 5);
  });
});
