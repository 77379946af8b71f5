import { describe, expect, it } from 'vitest';
import { failing, outline, outputOf, runMachine, startMachine, taskOf, typesOf } from './run-machine.ts';

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

describe('redrive of a Parallel state', () => {
  const twoBranches = {
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Good', States: { Good: { Type: 'Pass', Output: 'good', End: true } } },
        {
          StartAt: 'Before',
          States: {
            Before: { Type: 'Pass', Assign: { own: 'b' }, Output: 'in', Next: 'Bad' },
            Bad: taskOf('bad', {
              Arguments: { FunctionName: 'bad', Payload: '{% $states.input & $own %}' },
              End: true,
            }),
          },
        },
        { StartAt: 'Slow', States: { Slow: { Type: 'Wait', Seconds: 100, Output: 'slow', End: true } } },
      ],
      End: true,
    },
  };

  it('runs only the branches that failed or were aborted, from where they stood', async () => {
    const { execution } = await runMachine(twoBranches, {
      functions: { bad: (payload, attempt, clock) => failing(['Broken'], payload)(payload, attempt, clock) },
    });
    const failedAt = execution.history.length;

    execution.redrive();

    expect(outputOf(await execution.whenEnded())).toEqual(['good', 'inb', 'slow']);
    expect(outline(execution.history).slice(failedAt)).toEqual([
      '16 ExecutionRedriven 15',
      '17 ParallelStateEntered 16 Both',
      '18 ParallelStateStarted 17',
      '19 TaskStateEntered 18 Bad',
      '20 WaitStateEntered 18 Slow',
      '21 TaskScheduled 19',
      '22 TaskStarted 21',
      '23 TaskSucceeded 22',
      '24 TaskStateExited 23 Bad',
      '25 WaitStateExited 20 Slow',
      '26 ParallelStateSucceeded 25',
      '27 ParallelStateExited 25 Both',
      '28 ExecutionSucceeded 27',
    ]);
  });

  it('runs a retry after the redrive with all branches', async () => {
    const states = { Both: { ...twoBranches.Both, Retry: [{ ErrorEquals: ['Second'], MaxAttempts: 1 }] } };
    const { execution } = await runMachine(states, { functions: { bad: failing(['First', 'Second']) } });

    execution.redrive();
    await execution.whenEnded();

    const entered = outline(execution.history).filter(
      (line) => line.includes('PassStateEntered') && line.endsWith('Good'),
    );
    expect(execution.end?.status).toBe('SUCCEEDED');
    expect(entered).toHaveLength(2);
  });

  it('keeps finished branches of Parallel states inside', async () => {
    const inner = twoBranches.Both;
    const states = {
      Outer: { Type: 'Parallel', Branches: [{ StartAt: 'Inner', States: { Inner: inner } }], End: true },
    };
    const { execution } = await runMachine(states, { functions: { bad: failing(['Broken']) } });

    execution.redrive();
    await execution.whenEnded();

    expect(execution.end?.status).toBe('SUCCEEDED');
    expect(typesOf(execution.history).filter((type) => type === 'PassStateEntered')).toHaveLength(2);
  });

  it('runs all branches again after States.DataLimitExceeded', async () => {
    let length = 262_144;
    const states = {
      Both: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'Good', States: { Good: { Type: 'Pass', Output: 'good', End: true } } },
          { StartAt: 'Big', States: { Big: taskOf('big') } },
        ],
        End: true,
      },
    };
    const { execution, end } = await runMachine(states, { functions: { big: () => 'x'.repeat(length) } });
    length = 1;

    execution.redrive();
    await execution.whenEnded();

    const good = outline(execution.history).filter((line) => line.includes('PassStateEntered'));
    expect(end).toMatchObject({ error: 'States.DataLimitExceeded' });
    expect(execution.end).toMatchObject({ status: 'SUCCEEDED', output: '["good","x"]' });
    expect(good).toHaveLength(2);
  });
});
