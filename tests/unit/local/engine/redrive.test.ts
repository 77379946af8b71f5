import { describe, expect, it } from 'vitest';
import { outline, outputOf, runMachine, startMachine, taskOf } from './run-machine.ts';

const LOOK = {
  seen: '{% $states.context.Execution.RedriveCount %}',
  time: '{% $states.context.Execution.RedriveTime %}',
};

describe('redrive', () => {
  it('goes on at the state that failed, with its input and the variables', async () => {
    const { execution, clock } = await runMachine(
      {
        First: { Type: 'Pass', Assign: { v: 'kept' }, Output: { n: 1 }, Next: 'Work' },
        Work: taskOf('work', {
          Arguments: {
            FunctionName: 'work',
            Payload: { n: '{% $states.input.n %}', v: '{% $v %}', ...{ seen: LOOK.seen } },
          },
          Retry: [{ ErrorEquals: ['Bad'], MaxAttempts: 1 }],
          End: true,
        }),
      },
      {
        functions: {
          work: (payload, attempt) => {
            if (attempt <= 3) throw Object.assign(new Error(), { name: 'Bad' });
            return payload;
          },
        },
      },
    );
    const failedAt = execution.history.length;
    await clock.sleep(60_000);

    execution.redrive();

    expect(outputOf(await execution.whenEnded())).toEqual({ n: 1, v: 'kept', seen: 1 });
    expect(execution.redriveCount).toBe(1);
    expect(outline(execution.history).slice(failedAt - 1)).toEqual([
      '11 ExecutionFailed 10',
      '12 ExecutionRedriven 11',
      '13 TaskStateEntered 12 Work',
      '14 TaskScheduled 13',
      '15 TaskStarted 14',
      '16 TaskFailed 15',
      '17 TaskScheduled 16',
      '18 TaskStarted 17',
      '19 TaskSucceeded 18',
      '20 TaskStateExited 19 Work',
      '21 ExecutionSucceeded 20',
    ]);
    expect(execution.history[failedAt]).toMatchObject({ executionRedrivenEventDetails: { redriveCount: 1 } });
    expect(execution.history[failedAt + 1]).toMatchObject({ stateEnteredEventDetails: { input: '{"n":1}' } });
  });

  it('shows count and time in the context object', async () => {
    const { execution, clock } = startMachine({
      Pause: { Type: 'Wait', Seconds: 10, Output: LOOK, End: true },
    });
    execution.stop();
    await clock.sleep(60_000);

    execution.redrive();

    expect(outputOf(await execution.whenEnded())).toEqual({ seen: 1, time: '2026-01-01T00:01:00Z' });
  });

  it('gives the machine its whole timeout again', async () => {
    const { execution } = await runMachine(
      { One: { Type: 'Wait', Seconds: 6, Next: 'Two' }, Two: { Type: 'Wait', Seconds: 6, End: true } },
      { timeoutSeconds: 10 },
    );

    execution.redrive();

    expect(await execution.whenEnded()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('leaves a Wait whose Timestamp has passed', async () => {
    const { execution, clock } = startMachine({
      Pause: { Type: 'Wait', Timestamp: '2026-01-01T00:01:00Z', End: true },
    });
    execution.stop();
    await clock.sleep(600_000);

    execution.redrive();
    await execution.whenEnded();

    const [redriven, last] = execution.history.slice(-4).filter(({ type }) => type.startsWith('Execution'));
    expect(last?.type).toBe('ExecutionSucceeded');
    expect(last?.timestamp).toBe(redriven?.timestamp);
  });

  it('fails again at a Fail state', async () => {
    const { execution } = await runMachine({ Stop: { Type: 'Fail', Error: 'Broken' } });

    execution.redrive();

    expect(await execution.whenEnded()).toEqual({ status: 'FAILED', error: 'Broken' });
    expect(outline(execution.history).slice(3)).toEqual([
      '4 ExecutionRedriven 3',
      '5 FailStateEntered 4 Stop',
      '6 ExecutionFailed 5',
    ]);
  });

  it('counts each time', async () => {
    const { execution } = await runMachine({ Stop: { Type: 'Fail' } });

    execution.redrive();
    await execution.whenEnded();
    execution.redrive();
    await execution.whenEnded();

    expect(execution.redriveCount).toBe(2);
  });
});
