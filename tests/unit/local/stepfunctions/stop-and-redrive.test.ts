import { describe, expect, it } from 'vitest';
import { createLocalService, WAIT, WORK } from './local-service.ts';

const START = 1_767_225_600;

const EXECUTION = 'arn:aws:states:us-east-1:000000000000:execution:machine:run';

describe('StopExecution', () => {
  it('aborts with error and cause, and answers when', async () => {
    const { call, create, clock } = createLocalService();
    const { executionArn } = await call('StartExecution', { stateMachineArn: await create(WAIT) });
    await clock.sleep(5_000);

    const stopped = await call('StopExecution', { executionArn, error: 'Manual', cause: 'probe' });
    await clock.sleep(5_000);

    expect(stopped).toEqual({ stopDate: START + 5 });
    expect(await call('StopExecution', { executionArn, error: 'Again' })).toEqual({ stopDate: START + 5 });
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({
      status: 'ABORTED',
      error: 'Manual',
      cause: 'probe',
    });
  });

  it('throws ValidationException for an error that is too long', async () => {
    const { call, create } = createLocalService();
    const { executionArn } = await call('StartExecution', { stateMachineArn: await create(WAIT) });

    await expect(call('StopExecution', { executionArn, error: 'e'.repeat(257) })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('RedriveExecution', () => {
  it('runs on, under the same ARN, and tells count and date', async () => {
    const { call, create, clock, stepFunctions, work } = createLocalService();
    work.failing = true;
    const { executionArn } = await call('StartExecution', { stateMachineArn: await create(WORK) });
    await stepFunctions.waitForEnd(executionArn);
    await clock.sleep(60_000);
    work.failing = false;

    const redriven = await call('RedriveExecution', { executionArn, clientToken: 'once' });
    const again = await call('RedriveExecution', { executionArn, clientToken: 'once' });
    const running = await call('DescribeExecution', { executionArn });
    await stepFunctions.waitForEnd(executionArn);

    expect(redriven).toEqual({ redriveDate: START + 60 });
    expect(again).toEqual(redriven);
    expect(running).toMatchObject({ status: 'RUNNING', redriveCount: 1, redriveDate: START + 60 });
    expect(running).not.toHaveProperty('stopDate');
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({
      status: 'SUCCEEDED',
      redriveCount: 1,
      startDate: START,
      stopDate: START + 60,
    });
    expect(
      await call('ListExecutions', {
        stateMachineArn: EXECUTION.replace('execution', 'stateMachine').replace(':run', ''),
        redriveFilter: 'REDRIVEN',
      }),
    ).toMatchObject({
      executions: [{ executionArn, redriveCount: 1, redriveDate: START + 60 }],
    });
  });

  it('throws ExecutionNotRedrivable for one that runs, that succeeded, or that ended more than 14 days ago', async () => {
    const { call, create, clock } = createLocalService();
    const { executionArn } = await call('StartExecution', { stateMachineArn: await create(WAIT) });
    const redrive = () => call('RedriveExecution', { executionArn }).catch((error: unknown) => error);

    const running = await redrive();
    await call('StopExecution', { executionArn });
    await clock.sleep(14 * 24 * 3_600_000 + 1);
    const late = await redrive();

    expect(running).toMatchObject({
      name: 'ExecutionNotRedrivable',
      message: expect.stringContaining('Execution is RUNNING and cannot be redriven'),
    });
    expect(late).toMatchObject({
      name: 'ExecutionNotRedrivable',
      message: expect.stringContaining('Execution redrivable period exceeded'),
    });
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution redrivable period exceeded',
    });
  });

  it('throws ExecutionNotRedrivable when the history is full', async () => {
    const { call, create, stepFunctions } = createLocalService();
    const stateMachineArn = await create({
      Loop: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Loop' }], Default: 'Done' },
      Done: { Type: 'Succeed' },
    });
    const { executionArn } = await call('StartExecution', { stateMachineArn });
    await stepFunctions.waitForEnd(executionArn);

    await expect(call('RedriveExecution', { executionArn })).rejects.toMatchObject({
      name: 'ExecutionNotRedrivable',
      message: expect.stringContaining('Execution history event limit exceeded'),
    });
  });
});
