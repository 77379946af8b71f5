import { describe, expect, it } from 'vitest';
import { failing, outline, outputOf, runMachine, taskOf, typesOf } from './run-machine.ts';

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
