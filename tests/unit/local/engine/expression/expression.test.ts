import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../src/local/contracts.ts';
import { expressionSource } from '../../../../../src/local/engine/expression/expression.ts';
import { outputOf, runMachine } from '../run-machine.ts';

/** Evaluates an expression as the Output of a Pass state. */
async function evaluate(expression: string, input: Json = {}) {
  const { end } = await runMachine(
    { Only: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } },
    { input },
  );
  return end;
}
const resultOf = async (expression: string, input?: Json) => outputOf(await evaluate(expression, input));
async function causeOf(expression: string): Promise<string> {
  const end = await evaluate(expression);
  if (end.status !== 'FAILED' || end.error !== 'States.QueryEvaluationError')
    throw new Error(JSON.stringify(end));
  return String(end.cause).replace(/^An error occurred .*?\)\. /, '');
}

describe('expressions', () => {
  it.each([
    ['{% a %}', 'a'],
    ['{%a%}', 'a'],
    [' {% a %}', undefined],
    ['{% a %} ', undefined],
    ['{% a', undefined],
    ['text', undefined],
    ['{%}', undefined],
  ])('%j holds the expression %j', (text, expected) => {
    expect(expressionSource(text)).toBe(expected);
  });

  it('are found at any depth, and everything else is a literal', async () => {
    const Output = {
      list: [1, '{% $states.input.n %}', [{ deep: '{% $states.input.n * 2 %}' }]],
      none: null,
      text: ' {% $states.input.n %}',
      'key.$': '$.n',
    };

    const { end } = await runMachine({ Only: { Type: 'Pass', Output, End: true } }, { input: { n: 2 } });

    expect(outputOf(end)).toEqual({
      list: [1, 2, [{ deep: 4 }]],
      none: null,
      text: ' {% $states.input.n %}',
      'key.$': '$.n',
    });
  });

  it('read the context object', async () => {
    const end = await resultOf('$states.context', { a: 1 });

    expect(end).toEqual({
      Execution: {
        Id: 'arn:aws:states:us-east-1:000000000000:execution:machine:run',
        Input: { a: 1 },
        StartTime: '2026-01-01T00:00:00Z',
        Name: 'run',
        RoleArn: 'arn:aws:iam::000000000000:role/test',
        RedriveCount: 0,
      },
      StateMachine: { Id: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine', Name: 'machine' },
      State: { Name: 'Only', EnteredTime: '2026-01-01T00:00:00Z' },
    });
  });

  it.each([
    [
      '$states.input.missing',
      "The JSONata expression '$states.input.missing' specified for the field 'Output' returned nothing (undefined).",
    ],
    [
      '$sum("a")',
      'The JSONata expression \'$sum("a")\' specified for the field \'Output\' threw an error during evaluation. T0412: Argument 1 of function "sum" must be an array of "numbers"',
    ],
    [
      '$eval("1+1")',
      "The JSONata expression '$eval(\"1+1\")' specified for the field 'Output' threw an error during evaluation. T1006: Attempted to invoke a non-function",
    ],
    [
      '$parse("{")',
      /^The JSONata expression '\$parse\("\{"\)' specified for the field 'Output' threw an error during evaluation: /,
    ],
    ['$sum', "The JSONata expression '$sum' specified for the field 'Output' returned nothing (undefined)."],
    ['function($x) { $x }', /returned nothing \(undefined\)\.$/],
  ])('%s fails with AWS’ sentence', async (expression, expected) => {
    expect(await causeOf(expression)).toMatch(expected);
  });

  it('that would run for ever are stopped', async () => {
    expect(await causeOf('($again := function($n) { $again($n + 1) }; $again(0))')).toMatch(
      /: Expression evaluation timeout: Check for infinite loop$/,
    );
  });
});

describe('Step Functions’ own functions', () => {
  it.each([
    ['$parse("{\\"a\\":[1,2]}").a', [1, 2]],
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition(7, 2)', [[7]]],
    ['$range(0, 6, 2)', [0, 2, 4, 6]],
    ['$range(0, 5, 2)', [0, 2, 4]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$hash("input", "SHA-1")', '140f86aae51ab9e1cda9b4254fe98a74eb54c1a1'],
    ['$hash("input", "MD5")', 'a43c1b0aa53a0c908810c06ab1ff3967'],
    ['$hash("input", "SHA-256")', 'c96c6d5be8d08a12e7b5cdc1b207fa6b2430974c86803d8891675e76fd992c20'],
    ['$random(42)', 0.7275636800328681],
    ['$uuid()', '00000000-0000-4000-8000-000000000001'],
    ['$now()', '2026-01-01T00:00:00.000Z'],
    ['$now("[Y0001]-[M01]")', '2026-01'],
    ['$millis()', 1_767_225_600_000],
    ['$random() = $random()', false],
  ])('%s is %j', async (expression, expected) => {
    expect(await resultOf(expression)).toEqual(expected);
  });

  it.each([
    ['$range(0, 1, 0)', 'range delta must not be 0'],
    [
      '$range(1, 100000000, 1)',
      'Expression evaluation memory limit exceeded: Check for excessive memory usage',
    ],
    ['$partition([1], 0)', 'partition size must be a positive integer'],
    ['$hash("a", "constructor")', 'hash algorithm must be one of MD5, SHA-1, SHA-256, SHA-384, SHA-512'],
    ['$hash(1, "MD5")', 'Argument of function "hash" must be a string'],
    ['$range("a", 2, 1)', 'Argument of function "range" must be a number'],
  ])('%s fails: %s', async (expression, expected) => {
    expect(await causeOf(expression)).toBe(
      `The JSONata expression '${expression}' specified for the field 'Output' threw an error during evaluation: ${expected}`,
    );
  });

  it.each([
    '$partition($states.input.none, 2)',
    '$hash($states.input.none, "MD5")',
    '$parse($states.input.none)',
  ])('%s is undefined', async (expression) => {
    expect(await resultOf(`$exists(${expression})`)).toBe(false);
  });
});

describe('variables', () => {
  it('are visible in the next state, and Output and Assign see the old values', async () => {
    const { execution, end } = await runMachine({
      First: { Type: 'Pass', Assign: { n: 1, list: [1] }, Next: 'Second' },
      Second: {
        Type: 'Pass',
        Assign: { n: '{% $n + 1 %}', copy: '{% $n %}' },
        Output: '{% $n %}',
        Next: 'Third',
      },
      Third: { Type: 'Pass', Output: "{% {'n': $n, 'copy': $copy, 'before': $states.input} %}", End: true },
    });

    expect(outputOf(end)).toEqual({ n: 2, copy: 1, before: 1 });
    expect(execution.history[2]).toMatchObject({
      stateExitedEventDetails: {
        assignedVariables: { n: '1', list: '[1]' },
        assignedVariablesDetails: { truncated: false },
      },
    });
  });

  it('larger than 256 KiB fail with States.DataLimitExceeded', async () => {
    const { end } = await runMachine({
      Only: { Type: 'Pass', Assign: { big: 'x'.repeat(262_144) }, End: true },
    });

    expect(end).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});
