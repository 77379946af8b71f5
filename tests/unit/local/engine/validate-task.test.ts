import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/local/contracts.ts';
import { problemsOfState } from './problems-of.ts';
import { INVOKE, taskOf } from './run-machine.ts';

const PLACEHOLDER = '$'.concat('{WorkFunctionArn}');

describe('a Task', () => {
  const schema = (message: string, place = '') => [
    `SCHEMA_VALIDATION_FAILED: ${message} at /States/S${place}`,
  ];
  const only = 'arn:aws:states:::lambda:invoke, arn:aws:states:::sns:publish and Lambda function ARNs are';

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
