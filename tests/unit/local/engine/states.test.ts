import { describe, expect, it } from 'vitest';
import { outline, outputOf, runMachine } from './run-machine.ts';

const SUCCEED = { Type: 'Succeed' };

describe('Pass and Succeed', () => {
  it('pass their input on, or their Output', async () => {
    const { execution, end } = await runMachine(
      {
        Keep: { Type: 'Pass', Next: 'Change' },
        Change: {
          Type: 'Pass',
          Output: { sum: '{% $states.input.a + 1 %}', text: 'as it is' },
          Next: 'Done',
        },
        Done: { Type: 'Succeed', Output: '{% $states.input.sum %}' },
      },
      { input: { a: 1 } },
    );

    expect(outputOf(end)).toBe(2);
    expect(outline(execution.history)).toEqual([
      '1 ExecutionStarted 0',
      '2 PassStateEntered 0 Keep',
      '3 PassStateExited 2 Keep',
      '4 PassStateEntered 3 Change',
      '5 PassStateExited 4 Change',
      '6 SucceedStateEntered 5 Done',
      '7 SucceedStateExited 6 Done',
      '8 ExecutionSucceeded 7',
    ]);
    expect(execution.history[4]).toMatchObject({
      stateExitedEventDetails: { output: '{"sum":2,"text":"as it is"}', outputDetails: { truncated: false } },
    });
  });

  it('show the input as it was given in the first events', async () => {
    const { execution } = await runMachine({ Done: SUCCEED }, { input: { b: [1, 'x'] } });

    expect(execution.history.slice(0, 2)).toMatchObject([
      {
        executionStartedEventDetails: {
          input: '{"b":[1,"x"]}',
          inputDetails: { truncated: false },
          roleArn: 'arn:aws:iam::000000000000:role/test',
        },
      },
      {
        stateEnteredEventDetails: {
          name: 'Done',
          input: '{"b":[1,"x"]}',
          inputDetails: { truncated: false },
        },
      },
    ]);
  });
});

describe('Fail', () => {
  it.each([
    [{ Type: 'Fail' }, {}],
    [{ Type: 'Fail', Error: 'Broken' }, { error: 'Broken' }],
    [
      { Type: 'Fail', Error: '{% $states.input.name %}', Cause: "{% 'because ' & $states.input.why %}" },
      { error: 'Bad', cause: 'because so' },
    ],
  ])('ends the execution with its Error and Cause: %j', async (state, expected) => {
    const { execution, end } = await runMachine({ Stop: state }, { input: { name: 'Bad', why: 'so' } });

    expect(end).toEqual({ status: 'FAILED', ...expected });
    expect(outline(execution.history).slice(1)).toEqual(['2 FailStateEntered 0 Stop', '3 ExecutionFailed 2']);
  });

  it('keeps 256 characters of the error and 32,768 of the cause', async () => {
    const { end } = await runMachine({
      Stop: { Type: 'Fail', Error: 'e'.repeat(300), Cause: 'c'.repeat(40_000) },
    });

    expect(end).toEqual({ status: 'FAILED', error: 'e'.repeat(256), cause: 'c'.repeat(32_768) });
  });
});

describe('Wait', () => {
  it.each([
    [{ Seconds: 86_400 }, 86_400],
    [{ Seconds: '{% $states.input.seconds * 2 %}' }, 14],
    [{ Seconds: 0 }, 0],
    [{ Timestamp: '2026-01-01T01:00:00Z' }, 3_600],
    [{ Timestamp: '{% $states.input.at %}' }, 60],
    [{ Timestamp: '2025-12-31T23:00:00+00:00' }, 0],
    [{ Seconds: 99_999_999 }, 99_999_999],
  ])('%j waits %d seconds', async (fields, seconds) => {
    const { execution, end } = await runMachine(
      { Pause: { Type: 'Wait', ...fields, End: true } },
      { input: { seconds: 7, at: '2026-01-01T00:01:00.000Z' } },
    );

    const [first, last] = [execution.history[0], execution.history.at(-1)];
    expect(end.status).toBe('SUCCEEDED');
    expect((last?.timestamp ?? 0) - (first?.timestamp ?? 0)).toBe(seconds);
    expect(outline(execution.history).slice(1, 3)).toEqual([
      '2 WaitStateEntered 0 Pause',
      '3 WaitStateExited 2 Pause',
    ]);
  });

  it.each([
    ['a negative number', { Seconds: '{% -1 %}' }],
    ['a fraction', { Seconds: '{% 1.5 %}' }],
    ['a text', { Seconds: "{% '1' %}" }],
    ['a day', { Timestamp: "{% '2026-01-01' %}" }],
  ])('fails with States.QueryEvaluationError for %s', async (_what, fields) => {
    const { end } = await runMachine({ Pause: { Type: 'Wait', ...fields, End: true } });

    expect(end).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });
});

describe('Choice', () => {
  const choice = {
    Choose: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input.n > 10 %}', Next: 'Big', Output: { size: 'big' } },
        { Condition: '{% $states.input.n > 5 %}', Next: 'Middle', Assign: { size: 'middle' } },
        { Condition: '{% $states.input.n > 9 %}', Next: 'Big' },
      ],
      Default: 'Small',
      Output: { size: 'small' },
    },
    Big: SUCCEED,
    Middle: { Type: 'Succeed', Output: '{% {"size": $size, "n": $states.input.n} %}' },
    Small: SUCCEED,
  };

  it.each([
    [11, { size: 'big' }],
    [10, { size: 'middle', n: 10 }],
    [1, { size: 'small' }],
  ])('takes the first rule that is true, else Default: %d', async (n, expected) => {
    const { execution, end } = await runMachine(choice, { input: { n } });

    expect(outputOf(end)).toEqual(expected);
    expect(outline(execution.history).slice(1, 3)).toEqual([
      '2 ChoiceStateEntered 0 Choose',
      '3 ChoiceStateExited 2 Choose',
    ]);
  });

  it('fails with States.NoChoiceMatched when nothing is true and there is no Default', async () => {
    const { end } = await runMachine({
      Choose: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'Done' }] },
      Done: SUCCEED,
    });

    expect(end).toEqual({
      status: 'FAILED',
      error: 'States.NoChoiceMatched',
      cause:
        "An error occurred while executing the state 'Choose' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state.",
    });
  });

  it('fails when a condition is neither true nor false', async () => {
    const { execution, end } = await runMachine(
      {
        Choose: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input.n %}', Next: 'Done' }],
          Default: 'Done',
        },
        Done: SUCCEED,
      },
      { input: { n: 'yes' } },
    );

    expect(end).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(execution.history[2]).toMatchObject({
      type: 'EvaluationFailed',
      evaluationFailedEventDetails: { state: 'Choose', location: 'Choices[0]/Condition' },
    });
  });
});
