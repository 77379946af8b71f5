import { describe, expect, it } from 'vitest';
import { createLocalService, PASS, ROLE, WAIT } from './local-service.ts';
import { ARN, definitionOf } from './machine-request.ts';

const machine = (more: object = {}) => ({
  name: 'machine',
  definition: definitionOf(PASS),
  roleArn: ROLE,
  ...more,
});

describe('CreateStateMachine', () => {
  it('answers ARN and date, and again for the same request', async () => {
    const { call, clock } = createLocalService();
    const first = await call('CreateStateMachine', machine());
    await clock.sleep(5_000);

    const second = await call('CreateStateMachine', machine());

    expect(first).toEqual({ stateMachineArn: ARN, creationDate: 1_767_225_600 });
    expect(second).toEqual(first);
  });

  it.each([
    [
      'StateMachineAlreadyExists',
      { definition: definitionOf(WAIT) },
      `State Machine Already Exists: '${ARN}'`,
    ],
    ['InvalidName', { name: 'a b' }, "Invalid Name: 'a b'"],
    ['InvalidName', { name: '' }, "Invalid Name: ''"],
    ['InvalidName', { name: 'n'.repeat(81) }, /^Invalid Name: /],
    ['StateMachineTypeNotSupported', { type: 'EXPRESS' }, /^State Machine Type Not Supported: 'EXPRESS'/],
    [
      'ValidationException',
      { type: 'FAST' },
      /at 'type' failed to satisfy constraint: .*\[STANDARD, EXPRESS\]/,
    ],
    ['ValidationException', { name: 'other', tags: [{ key: 'aws:x', value: '' }] }, /^Tag 'aws:x' has a key/],
    [
      'TooManyTags',
      {
        name: 'other',
        tags: Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: '' })),
      },
      /at most 50 tags/,
    ],
    ['ValidationException', { publish: true }, /publish is not supported/],
    ['ValidationException', { roleArn: undefined }, /Value null at 'roleArn'/],
    ['ValidationException', { definition: '' }, /at 'definition' failed to satisfy constraint/],
    [
      'ValidationException',
      { definition: `"${'x'.repeat(1_048_576)}"` },
      /at 'definition' failed to satisfy constraint/,
    ],
    [
      'InvalidDefinition',
      { definition: '{' },
      /^Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: /,
    ],
    [
      'InvalidDefinition',
      {
        definition:
          '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"C":{"Type":"Succeed"}}}',
      },
      "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next, MISSING_TRANSITION_TARGET: State \"C\" is not reachable. at /States/C'",
    ],
  ])('throws %s for %j', async (name, more, message) => {
    const { call } = createLocalService();
    await call('CreateStateMachine', machine());

    const refused = await call('CreateStateMachine', machine(more)).catch((error: unknown) => error);

    expect(refused).toMatchObject({ name, status: 400 });
    expect((refused as Error).message).toMatch(message);
  });
});

describe('tags given to CreateStateMachine', () => {
  const tags = [
    { key: 'service', value: 'redshift-elt' },
    { key: 'stage', value: '' },
  ];

  it('are listed by ListTagsForResource', async () => {
    const { call } = createLocalService();
    await call('CreateStateMachine', machine({ tags }));

    expect(await call('ListTagsForResource', { resourceArn: ARN })).toEqual({ tags });
  });

  // API_CreateStateMachine: a later request with another roleArn or other tags is answered, and changes neither.
  it('stay as they are when the machine is created again, as its role does', async () => {
    const { call } = createLocalService();
    await call('CreateStateMachine', machine({ tags }));

    await call('CreateStateMachine', machine({ tags: [], roleArn: `${ROLE}-2` }));

    expect(await call('ListTagsForResource', { resourceArn: ARN })).toEqual({ tags });
    expect(await call('DescribeStateMachine', { stateMachineArn: ARN })).toMatchObject({ roleArn: ROLE });
  });
});

describe('DescribeStateMachine', () => {
  it('answers the definition as it was given, for an ARN of any Region', async () => {
    const { call } = createLocalService();
    await call('CreateStateMachine', machine());

    const answer = await call('DescribeStateMachine', {
      stateMachineArn: ARN.replace('us-east-1', 'eu-west-3'),
    });

    expect(answer).toMatchObject({
      stateMachineArn: ARN,
      name: 'machine',
      status: 'ACTIVE',
      type: 'STANDARD',
      definition: definitionOf(PASS),
      roleArn: ROLE,
      creationDate: 1_767_225_600,
    });
  });

  it.each([
    ['InvalidArn', 'machine'],
    ['InvalidArn', 'arn:aws:states:us-east-1:000000000000:stateMachine:machine:1'],
    ['StateMachineDoesNotExist', ARN],
  ])('throws %s for %s', async (name, stateMachineArn) => {
    const { call } = createLocalService();

    await expect(call('DescribeStateMachine', { stateMachineArn })).rejects.toMatchObject({ name });
  });
});

describe('ListStateMachines', () => {
  it('answers by name, page by page', async () => {
    const { call, create } = createLocalService();
    for (const name of ['c', 'a', 'b']) await create(PASS, name);

    const first = await call('ListStateMachines', { maxResults: 2 });
    const second = await call('ListStateMachines', { maxResults: 2, nextToken: first.nextToken });

    expect(first).toMatchObject({ stateMachines: [{ name: 'a', type: 'STANDARD' }, { name: 'b' }] });
    expect(second).toMatchObject({ stateMachines: [{ name: 'c' }] });
    expect(second.nextToken).toBeUndefined();
  });

  it.each([
    ['InvalidToken', { nextToken: 'x' }],
    ['InvalidToken', { nextToken: Buffer.from('[1,"other"]').toString('base64url') }],
    ['ValidationException', { maxResults: 1_001 }],
    ['ValidationException', { maxResults: -1 }],
    ['ValidationException', { nextToken: '' }],
  ])('throws %s for %j', async (name, input) => {
    const { call } = createLocalService();

    await expect(call('ListStateMachines', input)).rejects.toMatchObject({ name });
  });

  // The lengths are those of the API model, the words those of recorded answers.
  it.each([
    ['ListStateMachines', 1_024],
    ['GetExecutionHistory', 1_024],
    ['ListExecutions', 3_096],
  ])('and the other lists look at no nextToken that is too long: %s', async (operation, limit) => {
    const { call, create } = createLocalService();
    const stateMachineArn = await create(WAIT);
    const { executionArn } = await call('StartExecution', { stateMachineArn });
    const ask = (length: number) =>
      call(operation, { stateMachineArn, executionArn, nextToken: 'x'.repeat(length) });

    await expect(ask(limit)).rejects.toMatchObject({ name: 'InvalidToken' });
    await expect(ask(limit + 1)).rejects.toMatchObject({
      name: 'ValidationException',
      message: `1 validation error detected: Value '${'x'.repeat(limit + 1)}' at 'nextToken' failed to satisfy constraint: Member must have length less than or equal to ${limit}`,
    });
  });
});
