import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
} from '@aws-sdk/client-database-migration-service';
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRunGuard } from '../../../src/runs/run-guard.ts';
import { redriven, stepRequest } from '../../fixtures/step-request.ts';
import { EXECUTION_ARN, finishedTask, turnRequest } from '../../fixtures/turn-request.ts';

const region = 'eu-central-1';
const dms = mockClient(DatabaseMigrationServiceClient);
const sfn = mockClient(SFNClient);
const guard = createRunGuard({
  dms: new DatabaseMigrationServiceClient({ region }),
  sfn: new SFNClient({ region }),
});
const request = { ...redriven(stepRequest), load: turnRequest.load };

describe('the run guard', () => {
  beforeEach(() => {
    dms.reset();
    sfn.reset();
    dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [finishedTask] });
    sfn.on(ListExecutionsCommand).resolves({ executions: [] });
  });

  it('allows a redriven submission while staging holds its load and nobody else runs', async () => {
    await expect(guard.allowSubmission(request)).resolves.toBeUndefined();
    await expect(guard.assertSameLoad(request)).resolves.toBeUndefined();
  });

  it.each([
    [
      'another load has finished',
      { ReplicationTaskStats: { FreshStartDate: new Date('2026-11-25T01:00:00Z') } },
    ],
    [
      'DMS is loading another one',
      { Status: 'running', ReplicationTaskStats: { FreshStartDate: new Date('2026-11-25T01:00:00Z') } },
    ],
    [
      'another one was stopped',
      {
        StopReason: 'Stop Reason NORMAL',
        ReplicationTaskStats: { FreshStartDate: new Date('2026-11-25T01:00:00Z') },
      },
    ],
  ])('refuses it with LoadChanged when %s', async (_, change) => {
    dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [{ ...finishedTask, ...change }] });

    await expect(guard.allowSubmission(request)).rejects.toMatchObject({ name: 'LoadChanged' });
    await expect(guard.assertSameLoad(request)).rejects.toMatchObject({ name: 'LoadChanged' });
  });

  it('lets it wait while a run goes on that was there when it came back', async () => {
    const other = {
      executionArn: 'arn:other',
      stateMachineArn: 'arn:m',
      name: 'other',
      status: 'RUNNING' as const,
      startDate: new Date('2026-11-24T02:00:00Z'),
    };
    sfn.on(ListExecutionsCommand).resolves({ executions: [other] });

    await expect(guard.allowSubmission(request)).rejects.toMatchObject({
      name: 'NotYourTurn',
      message: expect.stringContaining('other'),
    });
  });

  it.each([
    ['ABORTED', true],
    ['TIMED_OUT', true],
    ['FAILED', false],
    ['RUNNING', false],
  ] as const)('says of an execution that is %s whether it is over: %s', async (status, over) => {
    sfn.on(DescribeExecutionCommand).resolves({ status });

    await expect(guard.isOver(EXECUTION_ARN)).resolves.toBe(over);
  });

  it('takes an execution that nobody knows for one that goes on: a person tries the function', async () => {
    sfn
      .on(DescribeExecutionCommand)
      .rejects(Object.assign(new Error('none'), { name: 'ExecutionDoesNotExist' }));

    await expect(guard.isOver(EXECUTION_ARN)).resolves.toBe(false);
  });
});
