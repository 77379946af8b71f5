import { describe, expect, it } from 'vitest';
import { INVOKE, outline, outputOf, runMachine, taskOf } from './run-machine.ts';

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
});
