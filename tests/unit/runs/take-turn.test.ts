import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
} from '@aws-sdk/client-database-migration-service';
import { ListStatementsCommand, RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { takeTurn } from '../../../src/runs/take-turn.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { EXECUTION_ARN, finishedTask, turnRequest } from '../../fixtures/turn-request.ts';

const region = 'eu-central-1';
const dms = mockClient(DatabaseMigrationServiceClient);
const sfn = mockClient(SFNClient);
const api = mockClient(RedshiftDataClient);

const ask = (request = turnRequest, now = '2026-11-24T01:10:01.000Z') =>
  takeTurn(
    {
      dms: new DatabaseMigrationServiceClient({ region }),
      sfn: new SFNClient({ region }),
      api: new RedshiftDataClient({ region }),
      clock: createJumpingClock(now),
      random: () => 0,
    },
    request,
  );
const execution = (name: string, startDate: string, redriveDate?: string) => ({
  executionArn: EXECUTION_ARN.replace('run-2', name),
  stateMachineArn: 'arn:machine',
  name,
  status: 'RUNNING' as const,
  startDate: new Date(startDate),
  ...(redriveDate === undefined ? {} : { redriveDate: new Date(redriveDate) }),
});
const itself = execution('run-2', turnRequest.execution.startedAt);
const failed = {
  ...execution('run-1', '2026-11-24T00:00:00Z'),
  ...{ status: 'FAILED' as const, stopDate: new Date('2026-11-24T00:30:00Z') },
};
const runsAre = (...executions: (ReturnType<typeof execution> | typeof failed)[]) =>
  sfn.on(ListExecutionsCommand).resolves({ executions });
/** A statement of run-1 that runs. */
const living = {
  ...{ Id: 'statement', StatementName: 'run-1/Load_Orders/1', Status: 'STARTED' as const },
  CreatedAt: new Date(),
};

describe('takeTurn', () => {
  beforeEach(() => {
    for (const client of [dms, sfn, api]) client.reset();
    dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [finishedTask] });
    sfn.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
    api.on(ListStatementsCommand).resolves({ Statements: [] });
    runsAre(itself);
  });

  it('is the run’s own when no other is there', async () => {
    await expect(ask()).resolves.toMatchObject({ turn: 'mine', waitSeconds: 0 });
  });

  it('waits for a run that is ahead, also where the newest runs do not show it', async () => {
    sfn.on(ListExecutionsCommand).resolves({ executions: [itself], nextToken: 'more' });
    sfn
      .on(ListExecutionsCommand, { statusFilter: 'RUNNING' })
      .resolves({ executions: [itself, execution('run-1', '2026-11-24T01:00:00Z')] });

    await expect(ask()).resolves.toEqual({ turn: 'wait', waitSeconds: 30, reason: 'run run-1 is ahead' });
  });

  it('asks ever more seldom, and at least every seven and a half minutes', async () => {
    runsAre(itself, execution('run-1', '2026-11-24T01:00:00Z'));

    await expect(ask(turnRequest, '2026-11-24T01:26:40.000Z')).resolves.toMatchObject({ waitSeconds: 100 });
    await expect(ask(turnRequest, '2026-11-24T13:00:00.000Z')).resolves.toMatchObject({ waitSeconds: 300 });
  });

  it('does not wait for a run that the list shows though it has ended', async () => {
    runsAre(itself, execution('run-1', '2026-11-24T01:00:00Z'));
    sfn.on(DescribeExecutionCommand).resolves({ status: 'FAILED' });

    await expect(ask()).resolves.toMatchObject({ turn: 'mine' });
  });

  it('waits while a statement of an earlier run is alive, in each status that a living one may have', async () => {
    runsAre(itself, failed);
    for (const Status of ['SUBMITTED', 'PICKED', 'STARTED'] as const) {
      api.reset();
      api.on(ListStatementsCommand).resolves({ Statements: [] });
      api.on(ListStatementsCommand, { Status }).resolves({ Statements: [{ ...living, Status }] });

      await expect(ask()).resolves.toMatchObject({
        turn: 'wait',
        reason: 'statement statement of run run-1 is still running',
      });
    }
  });

  it('waits for the statement of a run whose definition had other steps', async () => {
    runsAre(itself, failed);
    api.on(ListStatementsCommand).resolves({ Statements: [] });
    api.on(ListStatementsCommand, { Status: 'STARTED' }).resolves({
      Statements: [
        {
          ...{ Id: 'old', StatementName: 'run-1/Load_By_Old_Name/1', Status: 'STARTED' as const },
          CreatedAt: new Date(),
          QueryParameters: [{ name: 'execution', value: EXECUTION_ARN.replace('run-2', 'run-1') }],
        },
      ],
    });

    await expect(ask()).resolves.toMatchObject({
      turn: 'wait',
      reason: 'statement old of run run-1 is still running',
    });
  });

  it.each([
    ['has finished', {}],
    ['is running', { Status: 'running', StopReason: undefined }],
  ])('ends the run as superseded when a newer load %s', async (_, change) => {
    const newer = {
      ...finishedTask,
      ...change,
      ReplicationTaskStats: { FreshStartDate: new Date('2026-11-24T01:05:00.000Z') },
    };
    dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [newer] });

    await expect(ask()).resolves.toMatchObject({
      turn: 'superseded',
      reason: expect.stringContaining('2026-11-24T01:05:00.000Z'),
    });
  });

  it('does not take an older answer of DMS for a newer load', async () => {
    const older = {
      ...finishedTask,
      Status: 'running',
      ReplicationTaskStats: { FreshStartDate: new Date('2026-11-23T01:00:00.000Z') },
    };
    dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [older] });

    await expect(ask()).resolves.toMatchObject({ turn: 'mine' });
  });

  it('puts a redriven run behind those that were running when it came back', async () => {
    const redriven = {
      ...turnRequest,
      execution: { ...turnRequest.execution, redrivenAt: '2026-11-24T03:00:00.000Z' },
    };
    runsAre(
      execution('run-2', turnRequest.execution.startedAt, '2026-11-24T03:00:00Z'),
      execution('run-3', '2026-11-24T02:00:00Z'),
    );

    await expect(ask(redriven)).resolves.toMatchObject({ turn: 'wait', reason: 'run run-3 is ahead' });
  });

  it.each([
    [
      'Step Functions',
      () => sfn.on(ListExecutionsCommand).rejects(new Error('slow down')),
      'ServiceUnavailable',
    ],
    [
      'DMS',
      () => dms.on(DescribeReplicationTasksCommand).rejects(new Error('slow down')),
      'ServiceUnavailable',
    ],
    [
      'the Data API',
      () => {
        runsAre(itself, failed);
        api.on(ListStatementsCommand).rejects(Object.assign(new Error('x'), { name: 'ThrottlingException' }));
      },
      'RedshiftUnavailable',
    ],
  ])('throws what the state tries again when %s does not answer', async (_, fail, name) => {
    fail();

    await expect(ask()).rejects.toMatchObject({ name });
  });
});
