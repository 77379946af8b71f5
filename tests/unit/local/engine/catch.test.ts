import { describe, expect, it } from 'vitest';
import { failing, outline, outputOf, runMachine, taskOf } from './run-machine.ts';

const DONE = { Type: 'Succeed' };

describe('Catch', () => {
  it('goes on with Error and Cause as the output', async () => {
    const { execution, end } = await runMachine(
      { Work: taskOf('work', { Catch: [{ ErrorEquals: ['Bad'], Next: 'Done' }], Next: 'Done' }), Done: DONE },
      { functions: { work: failing(['Bad']) } },
    );

    expect(outputOf(end)).toEqual({
      Error: 'Bad',
      Cause: '{"errorType":"Bad","errorMessage":"Bad","trace":[]}',
    });
    expect(outline(execution.history).slice(4, 7)).toEqual([
      '5 TaskFailed 4',
      '6 TaskStateExited 5 Work',
      '7 SucceedStateEntered 6 Done',
    ]);
  });

  it('evaluates its own Output and Assign with the error', async () => {
    const { end } = await runMachine(
      {
        Work: taskOf('work', {
          Catch: [
            { ErrorEquals: ['Other'], Next: 'Done' },
            {
              ErrorEquals: ['States.ALL'],
              Assign: { failed: '{% $states.errorOutput.Error %}' },
              Output: '{% $states.input.n %}',
              Next: 'Done',
            },
          ],
          Next: 'Done',
        }),
        Done: { Type: 'Succeed', Output: "{% $failed & ' ' & $states.input %}" },
      },
      { input: { n: 7 }, functions: { work: failing(['Bad']) } },
    );

    expect(outputOf(end)).toBe('Bad 7');
  });

  it('takes a failed evaluation of the state’s Output, noted in the history', async () => {
    const { execution, end } = await runMachine(
      {
        Work: taskOf('work', {
          Output: { v: '{% $states.result.nothing %}' },
          Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Done' }],
          Next: 'Done',
        }),
        Done: DONE,
      },
      { functions: { work: () => 1 } },
    );

    const cause =
      "An error occurred while executing the state 'Work' (entered at the event id #2). The JSONata expression '$states.result.nothing' specified for the field 'Output/v' returned nothing (undefined).";
    expect(outputOf(end)).toEqual({ Error: 'States.QueryEvaluationError', Cause: cause });
    expect(execution.history[5]).toMatchObject({
      type: 'EvaluationFailed',
      previousEventId: 5,
      evaluationFailedEventDetails: {
        error: 'States.QueryEvaluationError',
        cause,
        location: 'Output/v',
        state: 'Work',
      },
    });
  });

  it('fails with its own error when its Output cannot be evaluated', async () => {
    const { end } = await runMachine(
      {
        Work: taskOf('work', {
          Catch: [{ ErrorEquals: ['Bad'], Output: '{% $nothing %}', Next: 'Done' }],
          Next: 'Done',
        }),
        Done: DONE,
      },
      { functions: { work: failing(['Bad']) } },
    );

    expect(end).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(end).toHaveProperty('cause', expect.stringContaining("for the field 'Catch[0]/Output'"));
  });
});
