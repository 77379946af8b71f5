import { describe, expect, it } from 'vitest';
import { invokeLambda } from '../../../../src/local/engine/lambda-invoke.ts';
import { failing, INVOKE, named, outline, runMachine, taskOf, typesOf } from './run-machine.ts';

describe('a Task that fails', () => {
  it('fails with the errorType and the whole payload of a function that throws', async () => {
    const { execution, end } = await runMachine(
      { Work: taskOf('work') },
      { functions: { work: failing(['StatementFailed']) } },
    );

    const cause = '{"errorType":"StatementFailed","errorMessage":"StatementFailed","trace":[]}';
    expect(end).toEqual({ status: 'FAILED', error: 'StatementFailed', cause });
    expect(outline(execution.history).slice(4)).toEqual(['5 TaskFailed 4', '6 ExecutionFailed 5']);
    expect(execution.history[4]).toMatchObject({
      taskFailedEventDetails: { error: 'StatementFailed', cause, resource: 'invoke', resourceType: 'lambda' },
    });
  });

  it('fails with Lambda.ResourceNotFoundException when there is no such function', async () => {
    const { end } = await runMachine({ Work: taskOf('nobody') });

    expect(end).toMatchObject({ error: 'Lambda.ResourceNotFoundException' });
    expect(end).toHaveProperty(
      'cause',
      expect.stringMatching(/^Function not found: nobody \(Service: Lambda, Status Code: 404/),
    );
  });

  it('times out without a cause, and ignores the late answer', async () => {
    const { execution, end, clock } = await runMachine(
      { Work: taskOf('work', { TimeoutSeconds: 5, End: true }) },
      { functions: { work: (_payload, _attempt, time) => time.sleep(60_000) } },
    );
    await clock.sleep(120_000);

    expect(end).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    expect(outline(execution.history).slice(4)).toEqual(['5 TaskTimedOut 4', '6 ExecutionFailed 5']);
    expect(execution.history[4]?.timestamp).toBe((execution.history[0]?.timestamp ?? 0) + 5);
  });

  it('fails with States.DataLimitExceeded when the result is larger than 256 KiB', async () => {
    const { end } = await runMachine(
      {
        Work: taskOf('work', {
          Output: 'small',
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }],
          Next: 'Done',
        }),
        Done: { Type: 'Succeed' },
      },
      { functions: { work: () => 'x'.repeat(262_144) } },
    );

    expect(end).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('fails with States.Runtime when the arguments name no function', async () => {
    const work = {
      Type: 'Task',
      Resource: INVOKE,
      Arguments: '{% $states.input %}',
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }],
      End: true,
    };

    const { execution, end } = await runMachine(
      { Work: work, Done: { Type: 'Succeed' } },
      { input: { a: 1 } },
    );

    expect(end).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(end).toHaveProperty(
      'cause',
      expect.stringContaining("the state 'Work' (entered at the event id #2). The Arguments '{\"a\":1}'"),
    );
    expect(typesOf(execution.history)).toEqual(['ExecutionStarted', 'TaskStateEntered', 'ExecutionFailed']);
  });

  it.each([
    [
      'Lambda.Unknown',
      { payload: '{"errorType":"Runtime.ExitError"}', functionError: 'Unhandled', failure: 'Lambda.Unknown' },
    ],
    ['Runtime.ExitError', { payload: '{"errorType":"Runtime.ExitError"}', functionError: 'Unhandled' }],
    ['Runtime.OutOfMemory', { payload: '{"errorType":"Runtime.OutOfMemory"}', functionError: 'Unhandled' }],
    [
      'Sandbox.Timedout',
      {
        payload: '{"errorType":"Sandbox.Timedout"}',
        functionError: 'Unhandled',
        failure: 'Sandbox.Timedout',
      },
    ],
    ['Lambda.Unknown', { payload: 'null', functionError: 'Unhandled' }],
  ] as const)('names a runtime that died %s', async (error, result) => {
    const deps = { functions: { invoke: async () => result }, createId: () => 'id' } as never;

    await expect(invokeLambda(deps, 'work', '{}')).rejects.toMatchObject({ error });
  });

  it('names a failure that never reached Lambda Lambda.SdkClientException', async () => {
    const invoke = () => Promise.reject(named('TypeError', 'socket hang up'));
    const deps = { functions: { invoke }, createId: () => 'id' } as never;

    await expect(invokeLambda(deps, 'work', '{}')).rejects.toMatchObject({
      error: 'Lambda.SdkClientException',
      reason: 'socket hang up',
    });
  });
});
