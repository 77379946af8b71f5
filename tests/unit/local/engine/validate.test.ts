import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/local/contracts.ts';
import { describeProblem } from '../../../../src/local/engine/validate/problem.ts';
import { validateDefinition } from '../../../../src/local/engine/validate/validate-definition.ts';
import { define, INVOKE, taskOf } from './run-machine.ts';

const PLACEHOLDER = '$'.concat('{WorkFunctionArn}');
const DONE = { Type: 'Succeed' };
const problemsOf = (definition: Json) => validateDefinition(definition).map(describeProblem);
/** Problems of a machine with one state `S` that leads to `Done`. */
const problemsOfState = (state: JsonObject) => {
  const reachesDone = ['Next', 'Choices', 'Default', 'Catch'].some((field) => state[field] !== undefined);
  return problemsOf(define(reachesDone ? { S: state, Done: DONE } : { S: state }));
};

describe('a definition', () => {
  it.each<[Json, readonly string[]]>([
    ['text', ['SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at /']],
    [
      {},
      [
        'SCHEMA_VALIDATION_FAILED: These fields are required: [StartAt, States] at /',
        "SCHEMA_VALIDATION_FAILED: QueryLanguage 'JSONPath' is not supported: local machines are JSONata at /",
      ],
    ],
    [{ ...define({ S: DONE }), Extra: 1 }, ["SCHEMA_VALIDATION_FAILED: Field 'Extra' is not supported at /"]],
    [
      { ...define({ S: DONE }), TimeoutSeconds: '{% 1 %}' },
      ['SCHEMA_VALIDATION_FAILED: Expected value of type Integer from 1 to 99999999 at /TimeoutSeconds'],
    ],
    [
      { ...define({}), States: {} },
      ['SCHEMA_VALIDATION_FAILED: Expected a non-empty object of states at /States'],
    ],
    [{ ...define({ S: DONE }), Comment: 'text', Version: '1.0', TimeoutSeconds: 5 }, []],
  ])('%j', (definition, expected) => {
    expect(problemsOf(definition)).toEqual(expected);
  });

  it.each<[string, JsonObject, readonly string[]]>([
    [
      'a target that does not exist, and nothing that ends',
      { A: { Type: 'Pass', Next: 'NOPE' } },
      [
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: NOPE at /States/A/Next",
        'MISSING_END_STATE: Workflow has no terminal state at null',
      ],
    ],
    [
      'a loop',
      { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } },
      ['MISSING_END_STATE: Workflow has no terminal state at null'],
    ],
    [
      'a state nothing leads to',
      { A: { Type: 'Pass', End: true }, C: DONE },
      ['MISSING_TRANSITION_TARGET: State "C" is not reachable. at /States/C'],
    ],
    [
      'targets of rules, Default and Catch',
      {
        A: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'x' }], Default: 'constructor' },
        T: taskOf('f', { Catch: [{ ErrorEquals: ['E'], Next: 'y' }], End: true }),
      },
      [
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: x at /States/A/Choices[0]/Next",
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: constructor at /States/A/Default",
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: y at /States/T/Catch[0]/Next",
        'MISSING_TRANSITION_TARGET: State "T" is not reachable. at /States/T',
      ],
    ],
  ])('with %s', (_what, states, expected) => {
    expect(problemsOf(define(states))).toEqual(expected);
  });

  it('with a StartAt that does not exist', () => {
    expect(problemsOf(define({ A: DONE }, { startAt: 'B' }))).toEqual([
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /StartAt",
      'MISSING_TRANSITION_TARGET: State "A" is not reachable. at /States/A',
    ]);
  });
});

describe('a state', () => {
  const schema = (message: string, place = '') => [
    `SCHEMA_VALIDATION_FAILED: ${message} at /States/S${place}`,
  ];

  it.each<[JsonObject, readonly string[]]>([
    [
      { Type: 'Map', End: true },
      schema(
        "State type 'Map' is not supported: Task, Wait, Choice, Parallel, Pass, Succeed, Fail are",
        '/Type',
      ),
    ],
    [{ Type: 'Pass', End: true, TimeoutSeconds: 1 }, schema("Field 'TimeoutSeconds' is not supported")],
    [
      { Type: 'Pass', End: true, ResultPath: '$' },
      schema(
        "The QueryLanguage is set to 'JSONata', but field 'ResultPath' is only supported for the 'JSONPath' QueryLanguage",
      ),
    ],
    [
      { Type: 'Pass', End: true, QueryLanguage: 'JSONPath' },
      schema("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine"),
    ],
    [{ Type: 'Pass', End: true, Next: 'Done' }, schema('Exactly one of the fields Next and End is required')],
    [{ Type: 'Fail', Error: 3 }, schema('Expected value of type String', '/Error')],
    [{ Type: 'Wait', End: true }, schema('Exactly one of the fields Seconds and Timestamp is required')],
    [
      { Type: 'Wait', Seconds: -1, End: true },
      schema('Expected value of type Integer from 0 to 99999999', '/Seconds'),
    ],
    [
      { Type: 'Wait', Timestamp: '1 May', End: true },
      schema('Expected a timestamp like 2026-01-31T12:00:00Z', '/Timestamp'),
    ],
    [
      { Type: 'Choice', Choices: [], Default: 'Done' },
      schema('Expected a non-empty array of choice rules', '/Choices'),
    ],
    [
      { Type: 'Choice', Choices: [{ Condition: 'true', Next: 'Done' }] },
      schema('Expected a JSONata expression or a Boolean', '/Choices[0]/Condition'),
    ],
    [
      { Type: 'Choice', Choices: [{ Variable: '$.a', Condition: true, Next: 'Done' }] },
      schema(
        "The QueryLanguage is set to 'JSONata', but field 'Variable' is only supported for the 'JSONPath' QueryLanguage",
        '/Choices[0]',
      ),
    ],
    [
      { Type: 'Parallel', Branches: [], End: true },
      schema('Expected a non-empty array of branches', '/Branches'),
    ],
    [
      {
        Type: 'Parallel',
        Branches: [{ StartAt: 'B', States: { B: { Type: 'Pass', Next: 'Done' } } }],
        Next: 'Done',
      },
      [
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: Done at /States/S/Branches[0]/States/B/Next",
        'MISSING_END_STATE: Workflow has no terminal state at null',
      ],
    ],
    [
      { Type: 'Parallel', Branches: [{ StartAt: 'S', States: { S: DONE } }], End: true },
      ['DUPLICATE_STATE_NAME: Duplicate state name: S at /States/S/Branches[0]/States/S'],
    ],
    [
      { Type: 'Pass', Assign: { 'not good': 1 }, End: true },
      schema("'not good' is not a valid variable name", '/Assign/not good'),
    ],
    [
      { Type: 'Pass', Assign: { states: 1 }, End: true },
      schema("The variable name 'states' is reserved", '/Assign/states'),
    ],
  ])('%j', (state, expected) => {
    expect(problemsOfState(state)).toEqual(expected);
  });

  it('may have a name of 80 characters, not of 81', () => {
    expect(problemsOf(define({ ['s'.repeat(80)]: DONE }))).toEqual([]);
    expect(problemsOf(define({ ['s'.repeat(81)]: DONE }))).toHaveLength(1);
  });

  it('in a branch may not assign a variable of the machine, in any order', () => {
    const inner = { StartAt: 'B', States: { B: { Type: 'Pass', Assign: { v: 1 }, End: true } } };

    expect(
      problemsOf(
        define({
          P: { Type: 'Parallel', Branches: [inner], Next: 'Later' },
          Later: { Type: 'Pass', Assign: { v: 2 }, End: true },
        }),
      ),
    ).toEqual([
      "SCHEMA_VALIDATION_FAILED: Variable 'v' is already assigned in an outer scope at /States/P/Branches[0]/States/B/Assign/v",
    ]);
  });
});

describe('a Task', () => {
  const schema = (message: string, place = '') => [
    `SCHEMA_VALIDATION_FAILED: ${message} at /States/S${place}`,
  ];
  const only = 'arn:aws:states:::lambda:invoke and Lambda function ARNs are';

  it.each([
    [INVOKE],
    ['arn:aws-cn:states:::lambda:invoke'],
    ['arn:aws:lambda:eu-central-1:123456789012:function:work'],
    ['arn:aws:lambda:eu-central-1:123456789012:function:work:$LATEST'],
  ])('may call %s', (Resource) => {
    expect(problemsOfState({ Type: 'Task', Resource, Arguments: { FunctionName: 'f' }, End: true })).toEqual(
      [],
    );
  });

  it.each([
    ['arn:aws:states:::aws-sdk:redshiftdata:executeStatement'],
    ['arn:aws:states:::lambda:invoke.waitForTaskToken'],
    ['arn:aws:states:us-east-1:123456789012:activity:a'],
  ])('may not call %s', (Resource) => {
    expect(problemsOfState({ Type: 'Task', Resource, Arguments: {}, End: true })).toEqual(
      schema(`The resource '${Resource}' is not supported: ${only}`, '/Resource'),
    );
  });

  it.each<[JsonObject, readonly string[]]>([
    [{ Arguments: {} }, schema("The field 'FunctionName' is required but was missing", '/Arguments')],
    [{ Arguments: [] }, schema("The field 'FunctionName' is required but was missing", '/Arguments')],
    [
      { Arguments: { FunctionName: 'f', Other: 1 } },
      schema("The field 'Other' is not supported", '/Arguments'),
    ],
    [
      { Arguments: { FunctionName: 'f', InvocationType: 'Event' } },
      schema("InvocationType 'Event' is not supported", '/Arguments/InvocationType'),
    ],
    [
      { Arguments: { FunctionName: PLACEHOLDER } },
      schema(`'${PLACEHOLDER}' has a placeholder without a value`, '/Arguments/FunctionName'),
    ],
    [{ Arguments: '{% $states.input %}' }, []],
    [{ TimeoutSeconds: 0 }, schema('Expected value of type Integer from 1 to 99999999', '/TimeoutSeconds')],
    [
      { TimeoutSeconds: 5, HeartbeatSeconds: 5 },
      schema('HeartbeatSeconds must be smaller than TimeoutSeconds', '/HeartbeatSeconds'),
    ],
    [{ Retry: {} }, schema('Expected value of type Array', '/Retry')],
    [
      { Retry: [{ ErrorEquals: [] }] },
      schema('Expected a non-empty array of error names', '/Retry[0]/ErrorEquals'),
    ],
    [
      { Retry: [{ ErrorEquals: ['States.ALL', 'A'] }] },
      schema("'States.ALL' can only appear by itself", '/Retry[0]/ErrorEquals'),
    ],
    [
      { Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] },
      schema("'States.ALL' can only appear in the last element", '/Retry[0]/ErrorEquals'),
    ],
    [
      { Retry: [{ ErrorEquals: ['A'], BackoffRate: 0.5 }] },
      [expect.stringContaining('/States/S/Retry[0]/BackoffRate')],
    ],
    [
      { Retry: [{ ErrorEquals: ['A'], MaxAttempts: 1.5 }] },
      [expect.stringContaining('/States/S/Retry[0]/MaxAttempts')],
    ],
    [
      { Retry: [{ ErrorEquals: ['A'], IntervalSeconds: 5, MaxDelaySeconds: 5 }] },
      schema('MaxDelaySeconds must be greater than IntervalSeconds', '/Retry[0]/MaxDelaySeconds'),
    ],
    [
      { Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'HALF' }] },
      schema("Expected one of 'NONE', 'FULL'", '/Retry[0]/JitterStrategy'),
    ],
    [
      { Catch: [{ ErrorEquals: ['A'] }], Next: 'Done' },
      schema('These fields are required: [Next]', '/Catch[0]'),
    ],
    [
      { Catch: [{ ErrorEquals: ['A'], Next: 'Done', ResultPath: '$' }], Next: 'Done' },
      [expect.stringContaining('/States/S/Catch[0]')],
    ],
  ])('with %j', (more, expected) => {
    const flow = more.Next === undefined ? { End: true } : {};

    expect(problemsOfState({ ...taskOf('f', flow), ...more })).toEqual(expected);
  });
});

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
