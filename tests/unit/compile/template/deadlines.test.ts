import { describe, expect, it } from 'vitest';
import { compileResources } from '../../../../src/compile/template/resources.ts';
import { WEEKDAYS } from '../../../../src/definition/deadline/deadline.ts';
import type { Pipeline } from '../../../../src/definition/pipeline.ts';
import { orders } from '../../../fixtures/pipeline.ts';
import { CLUSTER_PARAMETERS, testStage } from '../../../fixtures/stage.ts';

const due: Pipeline = {
  ...orders,
  deadline: { at: '06:30', timezone: 'Europe/Berlin', days: WEEKDAYS, warnMinutes: 20, loadHours: 12 },
};
const compile = (pipeline: Pipeline, more: object = {}) => {
  const { definitionFiles: _, ...groups } = compileResources(
    testStage({ ...CLUSTER_PARAMETERS, ...more }, [pipeline]),
    undefined,
  );
  return Object.assign({}, ...Object.values(groups)) as Readonly<Record<string, Record<string, unknown>>>;
};

describe('the deadline of a pipeline', () => {
  it('deploys a schedule, its permission, a machine and its role; without one there is nothing of it', () => {
    const [without, within] = [compile(orders), compile(due)].map((all) => Object.keys(all));

    expect(within?.filter((id) => !without?.includes(id)).toSorted()).toEqual([
      ...['DeadlineMachine', 'DeadlineMachineRole'],
      ...['DeadlinePermission', 'DeadlinePermission2', 'DeadlineRule', 'DeadlineRule2'],
    ]);
    expect(JSON.stringify(compile(orders))).not.toMatch(/deadline/i);
  });

  it('is scheduled in UTC at each offset of its timezone', () => {
    const { DeadlineRule, DeadlineRule2 } = compile(due);

    expect(DeadlineRule).toMatchObject({ Properties: { ScheduleExpression: 'cron(10 4,5 * * ? *)' } });
    expect(DeadlineRule2).toMatchObject({ Properties: { ScheduleExpression: 'cron(30 4,5 * * ? *)' } });
  });

  it('is scheduled, too, when the gap ends in which its time does not exist', () => {
    const gap = { ...due, deadline: { ...(due.deadline as object), at: '02:30', warnMinutes: undefined } };
    const rules = Object.entries(compile(gap as Pipeline)).filter(([id]) => id.startsWith('DeadlineRule'));

    expect(rules.map(([, { Properties }]) => Properties)).toMatchObject([
      { ScheduleExpression: 'cron(30 0,1 * * ? *)' },
      { ScheduleExpression: 'cron(0 1 * * ? *)' },
    ]);
  });

  it('lets its machine publish to the topic, and nothing else', () => {
    const { DeadlineMachineRole } = compile(due);

    expect(JSON.stringify(DeadlineMachineRole)).toContain(
      '"Statement":[{"Effect":"Allow","Action":["sns:Publish"],"Resource":{"Ref":"NotificationTopic"}}]',
    );
  });

  it('lets notify-outcome start that machine, ask what it has told, and read how loads stand', () => {
    const role = JSON.stringify(compile(due).NotifyRole);

    expect(role).toMatch(
      /"Action":\["states:StartExecution"\],"Resource":\{"Fn::Sub":"[^"]*:stateMachine:elt-test-deadlines"/,
    );
    expect(role).toMatch(
      /"Action":\["states:DescribeExecution"\],"Resource":\{"Fn::Sub":"[^"]*:execution:elt-test-deadlines:\*"/,
    );
    for (const action of [
      'dms:DescribeTableStatistics',
      'states:GetExecutionHistory',
      'states:ListExecutions',
    ])
      expect(role).toContain(action);
    expect(role.match(/states:StartExecution/g)).toHaveLength(1);
  });
});

describe('the digest of a day', () => {
  const digest = { successDigest: '07:00 Europe/Berlin' };

  it('has the same schedule, machine and roles, and no deadline', () => {
    const ids = Object.keys(compile(orders, digest)).filter((id) => id.startsWith('Deadline'));

    expect(ids.toSorted()).toEqual([
      ...['DeadlineMachine', 'DeadlineMachineRole', 'DeadlinePermission', 'DeadlineRule'],
    ]);
    expect(compile(orders, digest).DeadlineRule).toMatchObject({
      Properties: { ScheduleExpression: 'cron(0 5,6 * * ? *)' },
    });
    expect(JSON.stringify(compile(orders, digest).NotifyRole)).toContain('stateMachine:elt-test-deadlines');
  });

  it('takes the place of the messages of single successes, unless they close deadlines', () => {
    const ended = (pipeline: Pipeline, more: object = {}) =>
      JSON.stringify(compile(pipeline, more).RunEndedRule).includes('SUCCEEDED');

    expect([ended(orders), ended(orders, digest), ended(due, digest)]).toEqual([true, false, true]);
  });
});
