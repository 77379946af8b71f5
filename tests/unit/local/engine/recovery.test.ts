import { describe, expect, it } from 'vitest';
import type { CompiledRetrier } from '../../../../src/local/engine/machine/machine.ts';
import { retryDelaySeconds } from '../../../../src/local/engine/recover.ts';
import { matchesError, StateError } from '../../../../src/local/engine/state-error.ts';
import { failing, outline, outputOf, runMachine, taskOf, typesOf } from './run-machine.ts';

describe('Retry', () => {
  it('schedules the task again after growing intervals', async () => {
    const { execution, end } = await runMachine(
      {
        Work: taskOf('work', {
          Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3 }],
          End: true,
        }),
      },
      { functions: { work: failing(['Busy', 'Busy', 'Busy']) } },
    );

    const scheduled = execution.history.filter(({ type }) => type === 'TaskScheduled');
    const start = execution.history[0]?.timestamp ?? 0;
    expect(outputOf(end)).toBe('done');
    expect(scheduled.map(({ timestamp }) => timestamp - start)).toEqual([0, 2, 8, 26]);
    expect(outline(execution.history).slice(2, 7)).toEqual([
      '3 TaskScheduled 2',
      '4 TaskStarted 3',
      '5 TaskFailed 4',
      '6 TaskScheduled 5',
      '7 TaskStarted 6',
    ]);
  });

  it('tries three times more when MaxAttempts is not given', async () => {
    const { execution, end } = await runMachine(
      { Work: taskOf('work', { Retry: [{ ErrorEquals: ['States.ALL'] }], End: true }) },
      { functions: { work: failing(['A', 'B', 'C', 'D', 'E']) } },
    );

    expect(end).toMatchObject({ status: 'FAILED', error: 'D' });
    expect(typesOf(execution.history).filter((type) => type === 'TaskFailed')).toHaveLength(4);
  });

  it('counts each retrier for itself, and shows the sum as RetryCount', async () => {
    const work = taskOf('work', {
      Arguments: { FunctionName: 'work', Payload: '{% $states.context.State.RetryCount %}' },
      Retry: [
        { ErrorEquals: ['A'], MaxAttempts: 2 },
        { ErrorEquals: ['B', 'A'], MaxAttempts: 1 },
      ],
      End: true,
    });
    const seen: unknown[] = [];
    const fail = failing(['A', 'B', 'A', 'B']);

    const { end } = await runMachine(
      { Work: work },
      {
        functions: {
          work: (payload, attempt, clock) => {
            seen.push(payload);
            return fail(payload, attempt, clock);
          },
        },
      },
    );

    expect(end).toMatchObject({ error: 'B' });
    expect(seen).toEqual([0, 1, 2, 3]);
  });

  it('retries a task that timed out under States.Timeout', async () => {
    const { execution, end } = await runMachine(
      {
        Work: taskOf('work', { TimeoutSeconds: 3, Retry: [{ ErrorEquals: ['States.Timeout'] }], End: true }),
      },
      { functions: { work: (_payload, attempt, clock) => (attempt === 1 ? clock.sleep(9_000) : 'in time') } },
    );

    expect(outputOf(end)).toBe('in time');
    expect(typesOf(execution.history)).toContain('TaskTimedOut');
  });

  it.each<[Partial<CompiledRetrier>, number, number]>([
    [{}, 0, 2],
    [{}, 3, 16],
    [{ maxDelaySeconds: 10 }, 3, 10],
    [{}, 2_000, 31_622_400],
    [{ jitter: true }, 1, 1],
    [{ jitter: true, maxDelaySeconds: 10 }, 3, 2.5],
  ])('with %j waits before retry %d for %d seconds', (more, retries, expected) => {
    const retrier = {
      errorEquals: [],
      intervalSeconds: 2,
      maxAttempts: 9,
      backoffRate: 2,
      jitter: false,
      ...more,
    };

    expect(retryDelaySeconds(retrier, retries, () => 0.25)).toBe(expected);
  });
});

describe('ErrorEquals', () => {
  it.each([
    ['States.ALL', 'Anything', true],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', 'States.QueryEvaluationError', true],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.ALL', 'States.Runtime', false],
    ['States.TaskFailed', 'Anything', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.Timeout', 'States.Timeout', true],
    ['States.Timeout', 'States.HeartbeatTimeout', true],
    ['States.HeartbeatTimeout', 'States.Timeout', false],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['States.Runtime', 'States.Runtime', false],
    ['Bad', 'Bad', true],
    ['Bad', 'Worse', false],
    ['States.BranchFailed', 'Bad', false],
  ])('%s matches %s: %s', (name, error, expected) => {
    expect(matchesError([name], new StateError(error))).toBe(expected);
  });
});
