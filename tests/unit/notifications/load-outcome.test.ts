import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
  type ReplicationTask,
} from '@aws-sdk/client-database-migration-service';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DmsEvent } from '../../../src/loads/dms-event.ts';
import { judgeLoad } from '../../../src/notifications/load-outcome.ts';
import { loadFinishedEvent } from '../../fixtures/dms-event.ts';
import { finishedTask } from '../../fixtures/turn-request.ts';

const mock = mockClient(DatabaseMigrationServiceClient);
const dms = new DatabaseMigrationServiceClient({ region: 'eu-central-1' });

/** "Task stopped" of the fixtures' task, with another message. */
const stopped = (detailMessage?: string): DmsEvent => ({
  ...loadFinishedEvent,
  source: 'aws.dms',
  detail: {
    eventType: 'REPLICATION_TASK_STOPPED',
    ...(detailMessage === undefined ? {} : { detailMessage }),
  },
});
const silent = stopped('Replication task stopped');
const dmsSays = (task: ReplicationTask) =>
  mock.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [{ ...finishedTask, ...task }] });

const ERRORS = ['RECOVERABLE_ERROR', 'FATAL_ERROR', 'STOPPED_DUE_TO_LOW_MEMORY', 'STOPPED_DUE_TO_LOW_DISK'];

describe('whether a load has failed', () => {
  beforeEach(() => {
    mock.reset();
    dmsSays({});
  });

  it.each(ERRORS)('is decided by the event where it names %s', async (reason) => {
    expect(await judgeLoad(dms, stopped(`Stop Reason ${reason}`))).toMatchObject({ isFailure: true });
    expect(mock.calls()).toHaveLength(0);
  });

  it.each(['FULL_LOAD_ONLY_FINISHED', 'NORMAL'])(
    'is decided by the event where it names %s, which is nobody’s failure',
    async (reason) => {
      expect(await judgeLoad(dms, stopped(`Stop Reason ${reason}`))).toMatchObject({ isFailure: false });
      expect(mock.calls()).toHaveLength(0);
    },
  );

  it('is not asked of an event that says so itself', async () => {
    const failed = { ...silent, detail: { eventType: 'REPLICATION_TASK_FAILED' } };

    expect(await judgeLoad(dms, failed)).toEqual({ isFailure: true, reason: '' });
    expect(mock.calls()).toHaveLength(0);
  });

  it.each(ERRORS)('is asked of DMS where the event gives no reason: %s', async (reason) => {
    const StopReason = `Stop Reason ${reason}`;
    dmsSays({ StopReason });

    expect(await judgeLoad(dms, silent)).toEqual({ isFailure: true, reason: StopReason });
    expect(await judgeLoad(dms, stopped())).toEqual({ isFailure: true, reason: StopReason });
  });

  it('is denied where DMS says that the load has finished, or that somebody stopped it', async () => {
    expect(await judgeLoad(dms, silent)).toEqual({ isFailure: false, reason: 'FULL_LOAD_ONLY_FINISHED' });

    dmsSays({ StopReason: 'Stop Reason NORMAL' });
    expect(await judgeLoad(dms, silent)).toEqual({ isFailure: false, reason: 'Stop Reason NORMAL' });
  });

  it('is not told by a later load of the same task', async () => {
    const ReplicationTaskStats = { FreshStartDate: new Date('2026-11-24T01:10:00.000Z') };
    dmsSays({ Status: 'running', StopReason: 'Stop Reason FATAL_ERROR', ReplicationTaskStats });

    expect(await judgeLoad(dms, silent)).toMatchObject({ isFailure: false });
  });

  it('is not known while DMS does not answer, or still shows the task as running', async () => {
    mock.on(DescribeReplicationTasksCommand).rejects(new Error('throttled'));
    await expect(judgeLoad(dms, silent)).rejects.toMatchObject({ name: 'ServiceUnavailable' });

    dmsSays({ Status: 'running' });
    await expect(judgeLoad(dms, silent)).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  });
});
