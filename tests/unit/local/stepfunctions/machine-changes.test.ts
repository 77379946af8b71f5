import { describe, expect, it } from 'vitest';
import { createLocalService, PASS, ROLE, WAIT, WORK } from './local-service.ts';
import { ARN, definitionOf } from './machine-request.ts';

describe('DeleteStateMachine', () => {
  it('removes the machine with its executions, and aborts those that run', async () => {
    const { call, create, published } = createLocalService();
    const stateMachineArn = await create(WAIT);
    const { executionArn } = await call('StartExecution', { stateMachineArn, name: 'run' });

    expect(await call('DeleteStateMachine', { stateMachineArn })).toEqual({});
    expect(await call('DeleteStateMachine', { stateMachineArn })).toEqual({});

    expect(published.at(-1)?.detail).toMatchObject({ executionArn, status: 'ABORTED' });
    await expect(call('DescribeExecution', { executionArn })).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
    });
    await expect(call('StartExecution', { stateMachineArn })).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
    await create(PASS);
    await expect(call('StartExecution', { stateMachineArn, name: 'run' })).resolves.toMatchObject({
      executionArn,
    });
  });
});

describe('UpdateStateMachine', () => {
  it('gives new executions another definition; those that are there keep theirs, also when they are redriven', async () => {
    const { call, clock, work, create } = createLocalService();
    const stateMachineArn = await create(WORK);
    work.failing = true;
    const { executionArn } = await call('StartExecution', { stateMachineArn, name: 'before' });
    await clock.sleep(1_000);

    const answer = await call('UpdateStateMachine', { stateMachineArn, definition: definitionOf(PASS) });
    await call('StartExecution', { stateMachineArn, name: 'after' });
    await call('RedriveExecution', { executionArn });
    await clock.sleep(1_000);

    expect(answer).toEqual({ updateDate: expect.any(Number), revisionId: expect.any(String) });
    const statuses = ['before', 'after'].map(async (name) => {
      const arn = executionArn.replace(/before$/, name);
      return (await call('DescribeExecution', { executionArn: arn })).status;
    });
    await expect(Promise.all(statuses)).resolves.toEqual(['FAILED', 'SUCCEEDED']);
    await expect(call('DescribeStateMachine', { stateMachineArn })).resolves.toMatchObject({
      definition: definitionOf(PASS),
      creationDate: 1_767_225_600,
    });
    await expect(call('ListExecutions', { stateMachineArn })).resolves.toMatchObject({
      executions: [{ name: 'after' }, { name: 'before' }],
    });
  });

  it('keeps the tags', async () => {
    const { call, create } = createLocalService();
    const resourceArn = await create(PASS);
    await call('TagResource', { resourceArn, tags: [{ key: 'a', value: 'b' }] });

    await call('UpdateStateMachine', { stateMachineArn: resourceArn, definition: definitionOf(WAIT) });

    await expect(call('ListTagsForResource', { resourceArn })).resolves.toEqual({
      tags: [{ key: 'a', value: 'b' }],
    });
  });

  it.each([
    ['MissingRequiredParameter', {}],
    ['InvalidDefinition', { definition: '{' }],
    ['ValidationException', { definition: definitionOf(PASS), publish: true }],
    ['StateMachineDoesNotExist', { stateMachineArn: `${ARN}-2`, roleArn: ROLE }],
  ])('refuses with %s what AWS refuses: %j', async (name, change) => {
    const { call, create } = createLocalService();
    const stateMachineArn = await create(PASS);

    await expect(call('UpdateStateMachine', { stateMachineArn, ...change })).rejects.toMatchObject({ name });
  });
});
