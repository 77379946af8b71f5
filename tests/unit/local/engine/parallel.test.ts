import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/local/contracts.ts';
import { failing, outline, outputOf, runMachine, taskOf, typesOf } from './run-machine.ts';

/** A branch of one state. */
function branch(name: string, state: JsonObject): JsonObject {
  return { StartAt: name, States: { [name]: state } };
}
function parallel(branches: readonly Json[], more: JsonObject = { End: true }): JsonObject {
  return { Type: 'Parallel', Branches: branches, ...more };
}
const pass = { Type: 'Pass', End: true };
const fail = { Type: 'Fail', Error: 'FailureType', Cause: 'Cause description' };
const wait = { Type: 'Wait', Seconds: 100, End: true };

describe('Parallel', () => {
  it('runs branches side by side and joins their outputs in order', async () => {
    const slow = { Type: 'Wait', Seconds: 9, Output: 'slow', End: true };
    const fast = { Type: 'Wait', Seconds: 3, Output: 'fast', End: true };

    const { execution, end } = await runMachine({ Both: parallel([branch('A', slow), branch('B', fast)]) });

    expect(outputOf(end)).toEqual(['slow', 'fast']);
    expect(outline(execution.history)).toEqual([
      '1 ExecutionStarted 0',
      '2 ParallelStateEntered 0 Both',
      '3 ParallelStateStarted 2',
      '4 WaitStateEntered 3 A',
      '5 WaitStateEntered 3 B',
      '6 WaitStateExited 5 B',
      '7 WaitStateExited 4 A',
      '8 ParallelStateSucceeded 7',
      '9 ParallelStateExited 7 Both',
      '10 ExecutionSucceeded 9',
    ]);
  });

  it('gives each branch the input, or the Arguments', async () => {
    const both = parallel([branch('A', pass), branch('B', pass)], {
      Arguments: { n: '{% $states.input.n + 1 %}' },
      Output: '{% $states.result.n %}',
      End: true,
    });

    const { end } = await runMachine({ Both: both }, { input: { n: 1 } });

    expect(outputOf(end)).toEqual([2, 2]);
  });

  it('fails with the error of the branch that failed', async () => {
    const { execution, end } = await runMachine({ Both: parallel([branch('A', fail)]) });

    expect(end).toEqual({ status: 'FAILED', error: 'FailureType', cause: 'Cause description' });
    expect(outline(execution.history).slice(2)).toEqual([
      '3 ParallelStateStarted 2',
      '4 FailStateEntered 3 A',
      '5 ParallelStateFailed 4',
      '6 ExecutionFailed 5',
    ]);
  });

  it('aborts what the other branches visit, and chains it to the failure', async () => {
    const nested = parallel([branch('C', wait), branch('D', pass)]);

    const { execution, clock } = await runMachine(
      { Both: parallel([branch('A', taskOf('work')), branch('B', nested)]) },
      { functions: { work: failing(['Broken']) } },
    );

    expect(outline(execution.history)).toEqual([
      '1 ExecutionStarted 0',
      '2 ParallelStateEntered 0 Both',
      '3 ParallelStateStarted 2',
      '4 TaskStateEntered 3 A',
      '5 ParallelStateEntered 3 B',
      '6 ParallelStateStarted 5',
      '7 WaitStateEntered 6 C',
      '8 PassStateEntered 6 D',
      '9 PassStateExited 8 D',
      '10 TaskScheduled 4',
      '11 TaskStarted 10',
      '12 TaskFailed 11',
      '13 WaitStateAborted 12',
      '14 ParallelStateAborted 12',
      '15 ParallelStateFailed 12',
      '16 ExecutionFailed 15',
    ]);
    expect(clock.pending).toBe(0);
  });

  it('goes on at a Catch with Error and Cause', async () => {
    const { execution, end } = await runMachine({
      Both: parallel([branch('A', fail)], {
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
        Next: 'Caught',
      }),
      Caught: pass,
    });

    expect(outputOf(end)).toEqual({ Error: 'FailureType', Cause: 'Cause description' });
    expect(outline(execution.history).slice(4, 7)).toEqual([
      '5 ParallelStateFailed 4',
      '6 ParallelStateExited 5 Both',
      '7 PassStateEntered 6 Caught',
    ]);
  });

  it('starts all branches again when it is retried, and notes its failure only at the end', async () => {
    const { execution } = await runMachine({
      Both: parallel([branch('A', fail)], {
        Retry: [{ ErrorEquals: ['FailureType'], MaxAttempts: 2 }],
        End: true,
      }),
    });

    expect(outline(execution.history).slice(2)).toEqual([
      '3 ParallelStateStarted 2',
      '4 FailStateEntered 3 A',
      '5 ParallelStateStarted 4',
      '6 FailStateEntered 5 A',
      '7 ParallelStateStarted 6',
      '8 FailStateEntered 7 A',
      '9 ParallelStateFailed 8',
      '10 ExecutionFailed 9',
    ]);
  });

  it('is caught under States.BranchFailed with the name of the branch’s own error', async () => {
    const { end } = await runMachine({
      Both: parallel([branch('A', fail)], {
        Catch: [
          { ErrorEquals: ['States.BranchFailed'], Output: '{% $states.errorOutput.Error %}', Next: 'Caught' },
        ],
        Next: 'Caught',
      }),
      Caught: pass,
    });

    expect(outputOf(end)).toBe('FailureType');
  });

  it('fails with States.DataLimitExceeded when the outputs together are too large', async () => {
    const half = { Type: 'Pass', Output: 'x'.repeat(131_072), End: true };

    const { execution, end } = await runMachine({ Both: parallel([branch('A', half), branch('B', half)]) });

    expect(end).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect(typesOf(execution.history)).toContain('ParallelStateFailed');
  });

  it('ends the execution at once for States.Runtime in a branch', async () => {
    const broken = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: '{% 1 %}',
      End: true,
    };

    const { execution, end } = await runMachine({
      Both: parallel([branch('A', broken), branch('B', wait)], {
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
        Next: 'Caught',
      }),
      Caught: pass,
    });

    expect(end).toMatchObject({ error: 'States.Runtime' });
    expect(outline(execution.history).slice(3)).toEqual([
      '4 TaskStateEntered 3 A',
      '5 WaitStateEntered 3 B',
      '6 ExecutionFailed 4',
    ]);
  });

  it('keeps the variables of a branch in the branch', async () => {
    const set = (value: string) => ({
      StartAt: `Set_${value}`,
      States: {
        [`Set_${value}`]: { Type: 'Pass', Assign: { own: value }, Next: `Read_${value}` },
        [`Read_${value}`]: { Type: 'Pass', Output: '{% $own & $outer %}', End: true },
      },
    });

    const { end } = await runMachine({
      First: { Type: 'Pass', Assign: { outer: '!' }, Next: 'Both' },
      Both: parallel([set('a'), set('b')], { Next: 'Last' }),
      Last: { Type: 'Pass', Output: "{% {'branches': $states.input, 'own': $exists($own)} %}", End: true },
    });

    expect(outputOf(end)).toEqual({ branches: ['a!', 'b!'], own: false });
  });
});
