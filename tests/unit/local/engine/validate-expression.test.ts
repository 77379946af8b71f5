import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/local/contracts.ts';
import { problemsOfState } from './problems-of.ts';
import { taskOf } from './run-machine.ts';

describe('an expression', () => {
  const unsupported = (message: string, place: string) => [
    `UNSUPPORTED_JSONATA_EXPRESSION: ${message} at /States/S/${place}`,
  ];

  it.each([
    ['$states.input.a[b = 1].c'],
    ['$states.input.items.(price * quantity)'],
    ['$states.input^(>price)'],
    ['$states.input{name: value}'],
    ['$map($states.input, function($v) { $v.n })'],
    ['$count($states.input.items[$ > 3])'],
    ['$merge([$states.input, {"a": 1}])'],
    ['$states.context.Execution.Id'],
    ['$exists($v) ? $v : 0'],
  ])('may be %s', (expression) => {
    expect(problemsOfState({ Type: 'Pass', Output: `{% ${expression} %}`, End: true })).toEqual([]);
  });

  it.each([
    ['phone', 'phone'],
    ['$count(items)', 'items'],
    ['{"a": b.c}', 'b'],
    ['$$', '$$'],
    ['$', '$'],
    ['*', '*'],
    ['**', '**'],
    ['$states.input.x ? 1 : y', 'y'],
  ])('may not take something from a context it has not: %s', (expression, name) => {
    expect(problemsOfState({ Type: 'Pass', Output: { v: `{% ${expression} %}` }, End: true })).toEqual(
      unsupported(`Reference to '${name}' at the top level is not supported.`, 'Output/v'),
    );
  });

  it.each([
    ['1 +', 'Unexpected end of expression'],
    ['"open', 'String literal must be terminated by a matching quote'],
    ['{"a":}', 'The symbol "}" cannot be used as a unary operator'],
  ])('must parse: %s', (expression, message) => {
    expect(problemsOfState({ Type: 'Pass', Output: [`{% ${expression} %}`], End: true })).toEqual([
      `INVALID_JSONATA_EXPRESSION: ${message} at /States/S/Output[0]`,
    ]);
  });

  it.each<[string, JsonObject, readonly string[]]>([
    [
      'result of a Pass',
      { Type: 'Pass', Output: '{% $states.result %}', End: true },
      unsupported("Reference to '$states.result' is not supported in this field.", 'Output'),
    ],
    [
      'result in Arguments',
      taskOf('f', { Arguments: { FunctionName: 'f', Payload: '{% $states.result %}' }, End: true }),
      unsupported("Reference to '$states.result' is not supported in this field.", 'Arguments/Payload'),
    ],
    [
      'errorOutput in Output',
      taskOf('f', { Output: '{% $states.errorOutput %}', End: true }),
      unsupported("Reference to '$states.errorOutput' is not supported in this field.", 'Output'),
    ],
    [
      'result in a Catch',
      taskOf('f', {
        Catch: [{ ErrorEquals: ['A'], Output: '{% $states.result %}', Next: 'Done' }],
        Next: 'Done',
      }),
      unsupported("Reference to '$states.result' is not supported in this field.", 'Catch[0]/Output'),
    ],
    [
      'errorOutput in a Catch',
      taskOf('f', {
        Catch: [{ ErrorEquals: ['A'], Assign: { e: '{% $states.errorOutput.Error %}' }, Next: 'Done' }],
        Next: 'Done',
      }),
      [],
    ],
    ['result in a Task’s Assign', taskOf('f', { Assign: { r: '{% $states.result %}' }, End: true }), []],
  ])('may read %s where it is offered', (_what, state, expected) => {
    expect(problemsOfState(state)).toEqual(expected);
  });
});
