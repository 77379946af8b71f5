import { describe, expect, it } from 'vitest';
import { findDifferences } from '../../../../src/preflight/stage/judge-machines.ts';
import {
  judgeAlarms,
  judgeQueues,
  judgeSubscriptions,
} from '../../../../src/preflight/stage/judge-signals.ts';

describe('a deployed definition', () => {
  const compiled = {
    StartAt: 'A',
    States: {
      A: { Type: 'Task', Arguments: { FunctionName: `$${'{start_arn}'}` }, Next: 'B' },
      B: { Type: 'Succeed' },
    },
  };
  const deployed = {
    States: {
      B: { Type: 'Succeed' },
      A: { Next: 'B', Type: 'Task', Arguments: { FunctionName: 'arn:aws:lambda:x' } },
    },
    StartAt: 'A',
  };

  it('is the compiled one, whatever the order of its members and whatever the ARNs of functions', () => {
    expect(findDifferences(compiled, deployed)).toEqual([]);
  });

  it.each<[string, object, readonly string[]]>([
    ['a state that is another', { ...deployed, States: { ...deployed.States, B: { Type: 'Fail' } } }, ['B']],
    ['a state more', { ...deployed, States: { ...deployed.States, C: {} } }, ['C']],
    ['a state less', { ...deployed, States: { A: deployed.States.A } }, ['B']],
    ['another beginning', { ...deployed, StartAt: 'B' }, ['StartAt']],
    ['nothing', {}, ['A', 'B', 'StartAt']],
  ])('names %s', (_title, other, expected) => {
    expect(findDifferences(compiled, other)).toEqual(expected);
  });
});

describe('what a stage says of itself', () => {
  it('a queue that is empty is none, one that is not there is a finding', () => {
    const queues = [
      { name: 'a', messages: 0 },
      { name: 'b', messages: 2 },
      { name: 'c', messages: undefined },
    ];

    expect(judgeQueues(queues, 'deploy').map(({ id, where }) => [id, where.object])).toEqual([
      ['queue-not-empty', 'b'],
      ['queue-missing', 'c'],
    ]);
  });

  it('a subscription that waits for its confirmation, and a topic without any', () => {
    const pending = { protocol: 'email', endpoint: 'a@b.c', isConfirmed: false };

    expect(judgeSubscriptions('arn', [pending]).map(({ id }) => id)).toEqual(['subscription-pending']);
    expect(judgeSubscriptions('arn', [{ ...pending, isConfirmed: true }])).toEqual([]);
    expect(judgeSubscriptions('arn', []).map(({ id }) => id)).toEqual(['nobody-subscribed']);
  });

  it('alarms that are on', () => {
    const alarm = { name: 'a', state: 'ALARM', reason: 'Threshold crossed' };

    expect(
      judgeAlarms([alarm, { ...alarm, state: 'OK' }, { ...alarm, state: 'INSUFFICIENT_DATA' }]),
    ).toHaveLength(1);
  });
});
