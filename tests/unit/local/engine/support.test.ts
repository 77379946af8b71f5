import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/local/contracts.ts';
import { ENGINE_SUPPORT } from '../../../../src/local/engine/support.ts';
import { validateDefinition } from '../../../../src/local/engine/validate/validate-definition.ts';
import { createLocalService, WAIT, WORK } from '../stepfunctions/local-service.ts';
import { define, INVOKE, runMachine, taskOf } from './run-machine.ts';

const DONE = { Type: 'Succeed' };
const valid = (states: JsonObject) => expect(validateDefinition(define(states))).toEqual([]);
const invalid = (state: JsonObject) => expect(validateDefinition(define({ S: state }))).not.toEqual([]);
const succeeds = async (expression: string) => {
  const { end } = await runMachine(
    { S: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } },
    { input: {} },
  );
  expect(end.status).toBe('SUCCEEDED');
};
const failsWith = async (error: string, states: JsonObject, functions = {}) => {
  const { end } = await runMachine(states, { functions });
  expect(end).toMatchObject({ status: 'FAILED', error });
};
const caught = (name: string) => ({ Catch: [{ ErrorEquals: [name], Next: 'Done' }], Next: 'Done' });
const branches = (state: JsonObject) => [{ StartAt: 'B', States: { B: state } }];
const expectOperations = (names: readonly string[]) => {
  expect(Object.keys(createLocalService().stepFunctions.service.operations)).toEqual(
    expect.arrayContaining([...names]),
  );
};

/** What shows that a row is true. */
const CHECKS: Readonly<Record<string, () => unknown>> = {
  'Task, Wait, Choice, Parallel, Pass, Succeed, Fail': () =>
    valid({
      T: taskOf('f', { Next: 'W' }),
      W: { Type: 'Wait', Seconds: 1, Next: 'P' },
      P: { Type: 'Parallel', Branches: branches(DONE), Next: 'A' },
      A: { Type: 'Pass', Next: 'C' },
      C: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'S' }], Default: 'F' },
      S: DONE,
      F: { Type: 'Fail' },
    }),
  Map: () => invalid({ Type: 'Map', End: true }),
  'lambda:invoke': () =>
    valid({
      S: {
        Type: 'Task',
        Resource: INVOKE,
        Arguments: { FunctionName: 'f', Payload: 1, Qualifier: '2' },
        End: true,
      },
    }),
  'sns:publish': () =>
    valid({ S: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish', Arguments: {}, End: true } }),
  'Lambda function ARN as Resource': () =>
    valid({ S: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:000000000000:function:f', End: true } }),
  'Other task resources': () =>
    invalid({ Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Arguments: {}, End: true }),
  'InvocationType Event, ClientContext, LogType': () => {
    for (const more of [{ InvocationType: 'Event' }, { ClientContext: '' }, { LogType: 'Tail' }]) {
      invalid(taskOf('f', { Arguments: { FunctionName: 'f', ...more }, End: true }));
    }
  },

  JSONPath: () => expect(validateDefinition({ StartAt: 'S', States: { S: DONE } })).not.toEqual([]),
  'Unknown fields': () => invalid({ Type: 'Pass', Extra: 1, End: true }),
  'Arguments, Output, Assign, Condition, Seconds, Timestamp, Error, Cause': () => succeeds('$states.input'),
  TimeoutSeconds: async () => {
    const { end } = await runMachine({ S: { Type: 'Wait', Seconds: 9, End: true } }, { timeoutSeconds: 1 });
    expect(end.status).toBe('TIMED_OUT');
  },
  HeartbeatSeconds: async () => {
    const { end } = await runMachine(
      { S: taskOf('f', { HeartbeatSeconds: 1, TimeoutSeconds: 60, End: true }) },
      { functions: { f: (_payload, _attempt, clock) => clock.sleep(30_000) } },
    );
    expect(end.status).toBe('SUCCEEDED');
  },
  'Retry and Catch': () =>
    valid({
      S: taskOf('f', { Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'FULL' }], ...caught('B') }),
      Done: DONE,
    }),
  Credentials: () => invalid(taskOf('f', { Credentials: { RoleArn: 'r' }, End: true })),

  '$states.input, result, errorOutput, context': () =>
    invalid({ Type: 'Pass', Output: '{% $states.result %}', End: true }),
  '$partition, $range, $hash, $random, $uuid, $parse': () =>
    succeeds('[$partition([1], 1), $range(1, 2, 1), $hash("a", "MD5"), $random(), $uuid(), $parse("1")]'),
  'JSONata 2.0.6 without $eval': () =>
    failsWith('States.QueryEvaluationError', { S: { Type: 'Pass', Output: "{% $eval('1') %}", End: true } }),
  Variables: () => valid({ S: { Type: 'Pass', Assign: { v: 1 }, End: true } }),
  'Size of all variables together': async () => {
    const assign = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`v${index}`, 'x'.repeat(250_000)]),
    );
    const { end } = await runMachine({ S: { Type: 'Pass', Assign: assign, End: true } });
    expect(end.status).toBe('SUCCEEDED');
  },
  'Time limit of an expression': () =>
    failsWith('States.QueryEvaluationError', {
      S: { Type: 'Pass', Output: '{% ($f := function($n) { $f($n + 1) }; $f(0)) %}', End: true },
    }),
  '256 KiB for inputs, results and outputs': () =>
    failsWith('States.DataLimitExceeded', { S: { Type: 'Pass', Output: 'x'.repeat(262_143), End: true } }),

  'States.ALL, States.TaskFailed, States.Timeout, States.QueryEvaluationError': async () => {
    for (const name of ['States.ALL', 'States.TaskFailed', 'States.QueryEvaluationError']) {
      const { end } = await runMachine(
        { S: taskOf('f', { Output: '{% $states.result.none %}', ...caught(name) }), Done: DONE },
        { functions: { f: () => 1 } },
      );
      expect(end.status).toBe('SUCCEEDED');
    }
  },
  'States.Runtime': () =>
    failsWith('States.Runtime', {
      S: taskOf('f', { Arguments: '{% 1 %}', ...caught('States.ALL') }),
      Done: DONE,
    }),
  'States.NoChoiceMatched': () =>
    failsWith('States.NoChoiceMatched', {
      S: { Type: 'Choice', Choices: [{ Condition: false, Next: 'Done' }] },
      Done: DONE,
    }),
  'States.BranchFailed': async () => {
    const failing = {
      Type: 'Parallel',
      Branches: branches({ Type: 'Fail', Error: 'Own' }),
      ...caught('States.BranchFailed'),
    };
    const { end } = await runMachine({ S: failing, Done: DONE });
    expect(end).toMatchObject({ output: '{"Error":"Own"}' });
  },
  'Lambda.* and Sandbox.Timedout': () =>
    failsWith('Lambda.ResourceNotFoundException', { S: taskOf('nobody') }),

  'Event types, details, ids and previousEventId': async () => {
    const { execution } = await runMachine({ S: DONE });
    expect(execution.history.map(({ id, previousEventId }) => [id, previousEventId])).toEqual([
      [1, 0],
      [2, 0],
      [3, 2],
      [4, 3],
    ]);
  },
  '25,000 events': async () => {
    const { execution } = await runMachine({
      S: { Type: 'Choice', Choices: [{ Condition: true, Next: 'S' }], Default: 'Done' },
      Done: DONE,
    });
    expect(execution.history).toHaveLength(25_000);
  },
  'Events after ExecutionRedriven': async () => {
    const { execution } = await runMachine({ S: { Type: 'Fail' } });
    execution.redrive();
    await execution.whenEnded();
    expect(execution.history.at(-2)?.type).toBe('FailStateEntered');
  },

  'Stop and timeout': () => expectOperations(['StopExecution']),
  Redrive: () => expectOperations(['RedriveExecution']),
  'Status events on the event bus': async () => {
    const { create, call, published } = createLocalService();
    await call('StartExecution', { stateMachineArn: await create(WAIT) });
    expect(published).toHaveLength(1);
  },
  'An execution of more than a year': async () => {
    const { end } = await runMachine({ S: { Type: 'Wait', Seconds: 99_999_999, End: true } });
    expect(end.status).toBe('SUCCEEDED');
  },
  Retention: async () => {
    const { create, call, clock } = createLocalService();
    const { executionArn } = await call('StartExecution', { stateMachineArn: await create(WORK) });
    await clock.sleep(91 * 24 * 3_600_000);
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED' });
  },
};

describe('the support table', () => {
  it('has a check for each row, and no other', () => {
    expect(Object.keys(CHECKS)).toEqual(ENGINE_SUPPORT.map(({ feature }) => feature));
  });

  it('explains every difference', () => {
    expect(ENGINE_SUPPORT.filter(({ status, note }) => status === 'differs' && note === '')).toEqual([]);
  });

  it.each(ENGINE_SUPPORT.map(({ feature, status }) => [feature, status]))('%s: %s', async (feature) => {
    await CHECKS[feature]?.();
  });
});
