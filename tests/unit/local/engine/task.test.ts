import { describe, expect, it } from 'vitest';
import { invokeLambda } from '../../../../src/local/engine/lambda-invoke.ts';
import { failing, INVOKE, named, outline, outputOf, runMachine, taskOf, typesOf } from './run-machine.ts';

const DIRECT = 'arn:aws:lambda:us-east-1:000000000000:function:work';

describe('Task', () => {
  it('records the events of lambda:invoke as Step Functions does', async () => {
    const { execution, end } = await runMachine(
      {
        Work: taskOf('work', { TimeoutSeconds: 5, Next: 'Done' }),
        Done: { Type: 'Pass', End: true },
      },
      { input: { n: 1 }, functions: { work: () => ({ ok: true }) } },
    );

    expect(outputOf(end)).toEqual({ ok: true });
    expect(outline(execution.history)).toEqual([
      '1 ExecutionStarted 0',
      '2 TaskStateEntered 0 Work',
      '3 TaskScheduled 2',
      '4 TaskStarted 3',
      '5 TaskSucceeded 4',
      '6 TaskStateExited 5 Work',
      '7 PassStateEntered 6 Done',
      '8 PassStateExited 7 Done',
      '9 ExecutionSucceeded 8',
    ]);
    expect(execution.history[2]).toMatchObject({
      taskScheduledEventDetails: {
        resourceType: 'lambda',
        resource: 'invoke',
        region: 'us-east-1',
        parameters: '{"FunctionName":"work","Payload":{"n":1}}',
        timeoutInSeconds: 5,
      },
    });
    expect(execution.history[3]).toMatchObject({
      taskStartedEventDetails: { resourceType: 'lambda', resource: 'invoke' },
    });
  });

  it('answers lambda:invoke with the shape of the Invoke API', async () => {
    const { end } = await runMachine(
      { Work: { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'work' }, End: true } },
      { functions: { work: (payload) => ({ payload }) } },
    );

    expect(outputOf(end)).toMatchObject({
      ExecutedVersion: '$LATEST',
      Payload: { payload: {} },
      SdkHttpMetadata: { HttpStatusCode: 200 },
      SdkResponseMetadata: { RequestId: expect.any(String) },
      StatusCode: 200,
    });
  });

  it('passes a qualifier on', async () => {
    const work = {
      Type: 'Task',
      Resource: INVOKE,
      Arguments: { FunctionName: 'work', Qualifier: 'live' },
      End: true,
    };

    const { end } = await runMachine({ Work: work }, { functions: { 'work:live': () => 1 } });

    expect(end.status).toBe('SUCCEEDED');
  });

  it('records the events of a function ARN, and takes the input as the event', async () => {
    const { execution, end } = await runMachine(
      { Work: { Type: 'Task', Resource: DIRECT, TimeoutSeconds: 7, End: true } },
      { input: { n: 2 }, functions: { [DIRECT]: (payload) => payload } },
    );

    expect(outputOf(end)).toEqual({ n: 2 });
    expect(outline(execution.history).slice(2, 5)).toEqual([
      '3 LambdaFunctionScheduled 2',
      '4 LambdaFunctionStarted 3',
      '5 LambdaFunctionSucceeded 4',
    ]);
    expect(execution.history[2]).toMatchObject({
      lambdaFunctionScheduledEventDetails: { resource: DIRECT, input: '{"n":2}', timeoutInSeconds: 7 },
    });
  });

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

  it('evaluates TimeoutSeconds and HeartbeatSeconds', async () => {
    const { execution } = await runMachine(
      {
        Work: taskOf('work', {
          TimeoutSeconds: '{% $states.input.limit %}',
          HeartbeatSeconds: '{% $states.input.limit - 1 %}',
          End: true,
        }),
      },
      { input: { limit: 9 }, functions: { work: () => 1 } },
    );

    expect(execution.history[2]).toMatchObject({
      taskScheduledEventDetails: { timeoutInSeconds: 9, heartbeatInSeconds: 8 },
    });
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
