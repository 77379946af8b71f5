import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
  type ReplicationTask,
} from '@aws-sdk/client-database-migration-service';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DmsEvent } from '../../../src/loads/dms-event.ts';
import { STOP_REASONS } from '../../../src/loads/stop-reason.ts';
import { judgeLoad } from '../../../src/notifications/load-outcome.ts';
import { loadFinishedEvent } from '../../fixtures/dms-event.ts';
import { ORDERS_TASK_ARN } from '../../fixtures/pipeline.ts';
import { finishedTask } from '../../fixtures/turn-request.ts';

const mock = mockClient(DatabaseMigrationServiceClient);
const dms = new DatabaseMigrationServiceClient({ region: 'eu-central-1' });

const at = (eventType: string) => (detailMessage?: string) =>
  ({
    ...loadFinishedEvent,
    detail: { eventType, ...(detailMessage === undefined ? {} : { detailMessage }) },
  }) as DmsEvent;
const stopped = at('REPLICATION_TASK_STOPPED');
const failed = at('REPLICATION_TASK_FAILED');
const silent = stopped('Replication task stopped');

const dmsSays = (task: ReplicationTask) =>
  mock.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [{ ...finishedTask, ...task }] });
const judge = (event: DmsEvent, secondsLater = 5) =>
  judgeLoad(
    dms,
    { arn: ORDERS_TASK_ARN, identifier: 'orders-task' },
    event,
    Date.parse(event.time) + secondsLater * 1_000,
  );

const byMeaning = (meaning: string) =>
  Object.entries(STOP_REASONS).flatMap(([reason, of]) => (of === meaning ? [reason] : []));

describe('what has become of a load', () => {
  beforeEach(() => {
    mock.reset();
    dmsSays({});
  });

  it.each(byMeaning('finished'))('is nothing to be told where DMS says %s: it is run', async (reason) => {
    dmsSays({ StopReason: `Stop Reason ${reason}`, MigrationType: 'full-load-and-cdc' });

    expect(await judge(silent)).toMatchObject({ kind: 'fine' });
  });

  it.each(byMeaning('failure'))('is a failure where DMS says %s', async (reason) => {
    const StopReason = `Stop Reason ${reason}`;
    dmsSays({ StopReason });

    for (const event of [silent, stopped(), stopped(StopReason)])
      expect(await judge(event)).toEqual({ kind: 'failed', reason: expect.stringContaining(StopReason) });
  });

  it.each(byMeaning('wish'))('is told where DMS says %s, for no run is started', async (reason) => {
    dmsSays({ StopReason: `Stop Reason ${reason}` });

    expect(await judge(silent)).toEqual({ kind: 'stopped', reason: expect.stringContaining(reason) });
  });

  it.each(byMeaning('restart'))('is told where DMS says %s and does not go on', async (reason) => {
    dmsSays({ StopReason: `Stop Reason ${reason}` });

    await expect(judge(silent)).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    expect(await judge(silent, 180)).toEqual({ kind: 'stopped', reason: expect.stringContaining(reason) });
  });

  it('is told of a reason that nobody knows', async () => {
    dmsSays({ StopReason: 'Stop Reason SOMETHING_NEW' });

    expect(await judge(silent)).toEqual({
      kind: 'stopped',
      reason: expect.stringContaining('SOMETHING_NEW'),
    });
  });

  it('is told of a task that has no full load', async () => {
    dmsSays({ MigrationType: 'cdc', StopReason: 'Stop Reason NORMAL' });

    expect(await judge(silent)).toEqual({
      kind: 'stopped',
      reason: expect.stringContaining('migration type cdc'),
    });
  });

  it('is a failure where the event says so and DMS, too', async () => {
    dmsSays({ Status: 'failed', LastFailureMessage: 'no disk', StopReason: undefined });

    expect(await judge(failed('Last Error  ODBC general error.'))).toEqual({
      kind: 'failed',
      reason:
        "the task's last load did not finish: failed, no disk; the event says: Last Error  ODBC general error.",
    });
  });

  describe('after an event of a failure that DMS has recovered from', () => {
    const recoverable = failed('Last Error … Stop Reason RECOVERABLE_ERROR Error Level RECOVERABLE');

    it('is nothing to be told when the load has finished', async () => {
      expect(await judge(recoverable)).toMatchObject({ kind: 'fine' });
    });

    it('is nothing to be told when the task was started anew', async () => {
      dmsSays({ Status: 'running', ReplicationTaskStats: { StartDate: new Date('2026-11-24T01:00:20Z') } });

      expect(await judge(recoverable)).toMatchObject({ kind: 'fine' });
    });

    it('is not known at once when the task runs, for DMS may be late, and is nothing to be told in the end', async () => {
      dmsSays({ Status: 'running' });

      await expect(judge(recoverable)).rejects.toMatchObject({ name: 'ServiceUnavailable' });
      expect(await judge(recoverable, 180)).toMatchObject({ kind: 'fine' });
    });
  });

  it('is not told by a later load of the same task', async () => {
    const ReplicationTaskStats = { FreshStartDate: new Date('2026-11-24T01:10:00.000Z') };
    dmsSays({ StopReason: 'Stop Reason FATAL_ERROR', ReplicationTaskStats });

    expect(await judge(silent)).toMatchObject({ kind: 'fine' });
  });

  it('is not known while DMS shows how an earlier load has ended', async () => {
    const ReplicationTaskStats = {
      FreshStartDate: new Date('2026-11-23T01:00:00.000Z'),
      StopDate: new Date('2026-11-23T01:10:00.000Z'),
    };
    dmsSays({ StopReason: 'Stop Reason NORMAL', ReplicationTaskStats });

    await expect(judge(silent, 180)).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  });

  it('is told when the task is being worked on, and DMS does not show its load', async () => {
    dmsSays({ Status: 'modifying' });

    await expect(judge(silent)).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    expect(await judge(silent, 180)).toEqual({
      kind: 'stopped',
      reason: expect.stringContaining('the task is modifying'),
    });
  });

  it('is told of a task of which DMS shows no load only where the event says that it failed', async () => {
    dmsSays({ Status: 'ready', ReplicationTaskStats: undefined });

    expect(await judge(silent)).toMatchObject({ kind: 'fine' });
    expect(await judge(failed('no disk'))).toMatchObject({ kind: 'failed' });
  });

  it('is not known while DMS does not answer', async () => {
    mock.on(DescribeReplicationTasksCommand).rejects(new Error('throttled'));

    for (const event of [silent, failed('no disk')])
      await expect(judge(event)).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  });

  it('is what the event says of a task that is no more', async () => {
    mock.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [] });

    expect(await judge(failed('no disk'))).toEqual({
      kind: 'failed',
      reason: expect.stringMatching(/^no disk; no DMS task has the ARN/),
    });
    await expect(judge(silent)).rejects.toMatchObject({ name: 'InvalidConfig' });
  });
});
