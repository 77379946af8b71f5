import { describe, expect, it } from 'vitest';
import { outline, outputOf, runMachine, startMachine, taskOf, typesOf } from './run-machine.ts';

const pause = { Pause: { Type: 'Wait', Seconds: 86_400, End: true } };

describe('an execution', () => {
  it('that is stopped ends as ABORTED, with the event AWS records', async () => {
    const { execution, clock } = startMachine(pause);
    await clock.sleep(5_000);

    execution.stop('Manual', 'probe');

    expect(execution.end).toEqual({ status: 'ABORTED', error: 'Manual', cause: 'probe' });
    expect(outline(execution.history)).toEqual([
      '1 ExecutionStarted 0',
      '2 WaitStateEntered 0 Pause',
      '3 ExecutionAborted 0',
    ]);
    expect(execution.history[2]).toMatchObject({
      executionAbortedEventDetails: { error: 'Manual', cause: 'probe' },
    });
    expect(clock.pending).toBe(0);
  });

  it('that is stopped without a reason has no error and no cause', () => {
    const { execution } = startMachine(pause);

    execution.stop();

    expect(execution.end).toEqual({ status: 'ABORTED' });
    expect(execution.history.at(-1)).toMatchObject({ executionAbortedEventDetails: {} });
  });

  it('stays as it ended when it is stopped afterwards', async () => {
    const { execution } = await runMachine({ Done: { Type: 'Succeed' } });
    const events = execution.history.length;

    execution.stop('Late');

    expect(execution.end?.status).toBe('SUCCEEDED');
    expect(execution.history).toHaveLength(events);
  });

  it('ignores the answer of a function that still ran when it was stopped', async () => {
    let answered = false;
    const { execution, clock } = startMachine(
      { Work: taskOf('work') },
      {
        functions: {
          work: async (_payload, _attempt, time) => {
            await time.sleep(60_000);
            answered = true;
          },
        },
      },
    );
    await clock.sleep(1_000);
    execution.stop();

    await clock.sleep(120_000);

    expect(answered).toBe(true);
    expect(typesOf(execution.history).slice(3)).toEqual(['TaskStarted', 'ExecutionAborted']);
  });

  it('that outlives the machine’s TimeoutSeconds ends as TIMED_OUT; only the event names States.Timeout', async () => {
    const { execution, end, clock } = await runMachine(pause, { timeoutSeconds: 3 });

    expect(end).toEqual({ status: 'TIMED_OUT' });
    expect(outline(execution.history).slice(1)).toEqual([
      '2 WaitStateEntered 0 Pause',
      '3 ExecutionTimedOut 0',
    ]);
    expect(execution.history[2]).toMatchObject({
      executionTimedOutEventDetails: { error: 'States.Timeout' },
    });
    expect((execution.history[2]?.timestamp ?? 0) - (execution.history[0]?.timestamp ?? 0)).toBe(3);
    expect(clock.pending).toBe(0);
  });

  it('leaves no timer behind when it ends in time', async () => {
    const { clock, end } = await runMachine({ Done: { Type: 'Succeed' } }, { timeoutSeconds: 99_999_999 });

    expect(end.status).toBe('SUCCEEDED');
    expect(clock.pending).toBe(0);
  });

  it('ends with its 25,000th event when it loops for ever', async () => {
    const { execution, end } = await runMachine({
      Loop: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'Loop' }], Default: 'Done' },
      Done: { Type: 'Succeed' },
    });

    const cause = 'The execution reached the maximum number of history events (25000).';
    expect(end).toEqual({ status: 'FAILED', error: 'States.Runtime', cause });
    expect(execution.history).toHaveLength(25_000);
    expect(outline(execution.history.slice(-2))).toEqual([
      '24999 ChoiceStateExited 24998 Loop',
      '25000 ExecutionFailed 24999',
    ]);
  });

  it('tells nothing and starts nothing more once it is disposed of', async () => {
    const { execution, clock } = startMachine(pause, { timeoutSeconds: 10 });

    execution.dispose();

    expect(clock.pending).toBe(0);
    expect(execution.history).toHaveLength(2);
  });

  it('simulates a day of 1,000 states', async () => {
    const states = {
      Wait: { Type: 'Wait', Seconds: 259, Next: 'Count' },
      Count: { Type: 'Pass', Output: { n: '{% $states.input.n + 1 %}' }, Next: 'Enough' },
      Enough: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.n >= 333 %}', Next: 'Done' }],
        Default: 'Wait',
      },
      Done: { Type: 'Succeed' },
    };

    const { execution, end } = await runMachine(states, { input: { n: 0 } });

    const first = execution.history[0]?.timestamp ?? 0;
    expect(outputOf(end)).toEqual({ n: 333 });
    expect((execution.history.at(-1)?.timestamp ?? 0) - first).toBeGreaterThan(86_000);
  });
});
