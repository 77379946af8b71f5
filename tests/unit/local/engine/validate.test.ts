import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/local/contracts.ts';
import { DONE, problemsOf, problemsOfState } from './problems-of.ts';
import { define, taskOf } from './run-machine.ts';

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
