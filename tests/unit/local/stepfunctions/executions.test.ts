import { describe, expect, it } from 'vitest';
import { createLocalService, PASS, WAIT, WORK } from './local-service.ts';

const START = 1_767_225_600;

const EXECUTION = 'arn:aws:states:us-east-1:000000000000:execution:machine:run';

describe('StartExecution', () => {
  it('answers ARN and date; name and input have defaults', async () => {
    const { call, create } = createLocalService();
    const stateMachineArn = await create(PASS);

    const started = await call('StartExecution', { stateMachineArn });

    expect(started).toEqual({
      executionArn: 'arn:aws:states:us-east-1:000000000000:execution:machine:id-1',
      startDate: START,
    });
    expect(await call('DescribeExecution', started)).toMatchObject({ name: 'id-1', input: '{}' });
  });

  it('answers the running execution for the same name and input', async () => {
    const { call, create, clock } = createLocalService();
    const request = { stateMachineArn: await create(WAIT), name: 'run', input: '{"a":1}' };
    const first = await call('StartExecution', request);
    await clock.sleep(60_000);

    expect(await call('StartExecution', request)).toEqual(first);
    await expect(call('StartExecution', { ...request, input: '{"a":2}' })).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
      message: `Execution Already Exists: '${EXECUTION}'`,
    });
  });

  it('throws ExecutionAlreadyExists for the name of one that has ended', async () => {
    const { call, create, stepFunctions } = createLocalService();
    const request = { stateMachineArn: await create(PASS), name: 'run', input: '{}' };
    const { executionArn } = await call('StartExecution', request);
    await stepFunctions.waitForEnd(executionArn);

    await expect(call('StartExecution', request)).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });

  it.each([
    ['InvalidName', { name: 'a:b' }, "Invalid Name: 'a:b'"],
    ['InvalidName', { name: 'a\u0007' }, /^Invalid Name/],
    ['InvalidExecutionInput', { input: 'not json' }, /^Invalid State Machine Execution Input: '/],
    ['InvalidExecutionInput', { input: '' }, /^Invalid State Machine Execution Input: '/],
    ['InvalidExecutionInput', { input: `"${'ü'.repeat(131_072)}"` }, /262144 bytes/],
    ['InvalidArn', { stateMachineArn: EXECUTION }, /^Invalid Arn: /],
    [
      'StateMachineDoesNotExist',
      { stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:none' },
      "State Machine Does Not Exist: 'arn:aws:states:us-east-1:000000000000:stateMachine:none'",
    ],
    ['ValidationException', { stateMachineArn: undefined }, /Value null at 'stateMachineArn'/],
  ])('throws %s for %j', async (name, more, message) => {
    const { call, create } = createLocalService();
    const stateMachineArn = await create(PASS);

    const refused = await call('StartExecution', { stateMachineArn, ...more }).catch(
      (error: unknown) => error,
    );

    expect(refused).toMatchObject({ name, status: 400 });
    expect((refused as Error).message).toMatch(message);
  });

  it.each(['1', 'null', '"text"', '[]'])('takes any JSON as input: %s', async (input) => {
    const { call, create, stepFunctions } = createLocalService();
    const { executionArn } = await call('StartExecution', { stateMachineArn: await create(PASS), input });

    expect(await stepFunctions.waitForEnd(executionArn)).toEqual({ status: 'SUCCEEDED', output: input });
  });
});

describe('DescribeExecution', () => {
  it('tells all of one that succeeded', async () => {
    const { call, create, stepFunctions } = createLocalService();
    const stateMachineArn = await create(WAIT);
    const { executionArn } = await call('StartExecution', { stateMachineArn, name: 'run', input: '{"a":1}' });

    const running = await call('DescribeExecution', { executionArn });
    await stepFunctions.waitForEnd(executionArn);
    const ended = await call('DescribeExecution', { executionArn });

    const always = {
      executionArn,
      stateMachineArn,
      name: 'run',
      startDate: START,
      input: '{"a":1}',
      inputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
    };
    expect(running).toEqual({
      ...always,
      status: 'RUNNING',
      redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
    });
    expect(ended).toEqual({
      ...always,
      status: 'SUCCEEDED',
      stopDate: START + 3_600,
      output: '{"a":1}',
      outputDetails: { included: true },
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
  });

  it('tells error and cause of one that failed', async () => {
    const { call, create, stepFunctions, work } = createLocalService();
    work.failing = true;
    const { executionArn } = await call('StartExecution', { stateMachineArn: await create(WORK) });
    await stepFunctions.waitForEnd(executionArn);

    expect(await call('DescribeExecution', { executionArn })).toMatchObject({
      status: 'FAILED',
      error: 'Broken',
      cause: '{"errorType":"Broken"}',
      redriveStatus: 'REDRIVABLE',
    });
  });

  it('throws ExecutionDoesNotExist', async () => {
    const { call } = createLocalService();

    await expect(call('DescribeExecution', { executionArn: EXECUTION })).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
      message: `Execution Does Not Exist: '${EXECUTION}'`,
    });
    await expect(call('DescribeExecution', { executionArn: 'run' })).rejects.toMatchObject({
      name: 'InvalidArn',
    });
  });
});

describe('ListExecutions', () => {
  it('answers newest first, filtered, page by page', async () => {
    const { call, create, clock } = createLocalService();
    const stateMachineArn = await create(WAIT);
    await create(WAIT, 'other');
    for (const name of ['a', 'b', 'c']) {
      await call('StartExecution', { stateMachineArn, name });
      await clock.sleep(1_000);
    }
    await call('StopExecution', { executionArn: EXECUTION.replace('run', 'b') });

    const names = async (more: object) =>
      (await call('ListExecutions', { stateMachineArn, ...more })).executions.map(({ name }) => name);
    const first = await call('ListExecutions', { stateMachineArn, maxResults: 2 });

    expect(await names({})).toEqual(['c', 'b', 'a']);
    expect(await names({ statusFilter: 'RUNNING' })).toEqual(['c', 'a']);
    expect(await names({ statusFilter: 'ABORTED' })).toEqual(['b']);
    expect(await names({ redriveFilter: 'REDRIVEN' })).toEqual([]);
    expect(await names({ maxResults: 2, nextToken: first.nextToken })).toEqual(['a']);
    expect(first).toMatchObject({
      executions: [
        { name: 'c', status: 'RUNNING', startDate: START + 2, stateMachineArn, redriveCount: 0 },
        { name: 'b' },
      ],
    });
    await expect(
      call('ListExecutions', { stateMachineArn, statusFilter: 'RUNNING', nextToken: first.nextToken }),
    ).rejects.toMatchObject({ name: 'InvalidToken' });
    await expect(call('ListExecutions', { stateMachineArn, statusFilter: 'DONE' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('GetExecutionHistory', () => {
  it('answers in order or in reverse, page by page, with or without data', async () => {
    const { call, create, stepFunctions } = createLocalService();
    const { executionArn } = await call('StartExecution', { stateMachineArn: await create(WORK) });
    await stepFunctions.waitForEnd(executionArn);

    const get = (more: object) => call('GetExecutionHistory', { executionArn, ...more });
    const first = await get({ maxResults: 3 });
    const newest = await get({ maxResults: 2, reverseOrder: true });
    const bare = await get({ includeExecutionData: false });

    expect(first.events.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect((await get({ maxResults: 9, nextToken: first.nextToken })).events.map(({ id }) => id)).toEqual([
      4, 5, 6, 7,
    ]);
    expect(newest.events.map(({ id }) => id)).toEqual([7, 6]);
    expect(
      (await get({ reverseOrder: true, nextToken: newest.nextToken })).events.map(({ id }) => id),
    ).toEqual([5, 4, 3, 2, 1]);
    expect(first.events[0]).toMatchObject({ executionStartedEventDetails: { input: '{}' } });
    expect(bare.events[0]).toMatchObject({
      executionStartedEventDetails: { inputDetails: { truncated: false } },
    });
    expect(JSON.stringify(bare.events)).not.toMatch(/"(input|output|parameters)":/);
  });
});
