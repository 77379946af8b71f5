import { DescribeReplicationTasksCommand } from '@aws-sdk/client-database-migration-service';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadFinishedEvent } from '../../fixtures/dms-event.ts';
import { ORDERS_TASK_ARN } from '../../fixtures/pipeline.ts';
import { clock, dms, dmsReports, finishedTask, reset, run, starts } from './start-run-world.ts';

describe('what startRun is asked', () => {
  beforeEach(reset);

  it.each([
    ['as recorded events have it, with no stop reason', { detailMessage: 'Replication task stopped' }],
    ['with no event id and no message', { eventId: undefined, detailMessage: undefined }],
  ])('reads an event leniently: %s', async (_, detail) => {
    const event = { ...loadFinishedEvent, detail: { ...loadFinishedEvent.detail, ...detail } };

    await expect(run(event)).resolves.toMatchObject({ outcome: 'started' });
  });

  it.each([
    [
      'another task',
      { resources: ['arn:aws:dms:eu-central-1:123456789012:task:OTHER'] },
      'no pipeline uses the task',
    ],
    ['another source', { source: 'aws.s3' }, 'the event is from aws.s3'],
    [
      'another kind of event',
      { 'detail-type': 'DMS Replication State Change' },
      'the event is a "DMS Replication State Change"',
    ],
    [
      'a task that started',
      { detail: { eventType: 'REPLICATION_TASK_STARTED' } },
      'REPLICATION_TASK_STARTED',
    ],
    [
      'a task that failed',
      { detail: { eventType: 'REPLICATION_TASK_FAILED', category: 'Failure' } },
      'REPLICATION_TASK_FAILED',
    ],
    [
      'another stop reason',
      { detail: { ...loadFinishedEvent.detail, detailMessage: 'Stop Reason NORMAL' } },
      'Stop Reason NORMAL',
    ],
  ])('ignores an event about %s, and says why', async (_, change, reason) => {
    const answer = await run({ ...loadFinishedEvent, ...change });

    expect(answer).toEqual({ outcome: 'ignored', reason: expect.stringContaining(reason) });
    expect(starts()).toHaveLength(0);
  });

  it.each([
    ['null', null],
    ['a list', [loadFinishedEvent]],
    ['an empty object', {}],
    ['an event without detail', { ...loadFinishedEvent, detail: undefined }],
    ['an event whose resources are no list', { ...loadFinishedEvent, resources: ORDERS_TASK_ARN }],
    ['an event whose type is a number', { ...loadFinishedEvent, detail: { eventType: 79 } }],
    ['an event whose time is none', { ...loadFinishedEvent, time: 'yesterday' }],
    ['a source that is no text', { ...loadFinishedEvent, source: 5 }],
    ['a request without a reason', { pipeline: 'load-orders' }],
    ['a request with an unknown member', { pipeline: 'load-orders', reason: 'x', force: true }],
    ['a name without a hold', { pipeline: 'load-orders', reason: 'x', by: 'Ann' }],
    ['a request for two things at a time', { pipeline: 'load-orders', reason: 'x', hold: true, rerun: 1 }],
    ['a rerun without a number', { pipeline: 'load-orders', reason: 'x', rerun: 'yes' }],
    ['a request for an unknown pipeline', { pipeline: 'load-nothing', reason: 'x' }],
  ])('throws InvalidEvent for %s, and starts nothing', async (_, input) => {
    await expect(run(input)).rejects.toMatchObject({ name: 'InvalidEvent' });
    expect(starts()).toHaveLength(0);
  });

  it.each([
    ['has never run', { Status: 'ready', ReplicationTaskStats: undefined }, 'was never started'],
    [
      'runs again',
      { Status: 'running', ReplicationTaskStats: { StartDate: new Date('2026-11-24T01:00:11Z') } },
      'about an earlier load',
    ],
    ['was stopped by hand', { StopReason: 'Stop Reason NORMAL' }, 'Stop Reason NORMAL'],
    [
      'has failed',
      { Status: 'failed', StopReason: undefined, LastFailureMessage: 'no disk' },
      'failed, no disk',
    ],
  ])(
    'ignores the event when DMS says that the task %s: the message never decides',
    async (_, change, reason) => {
      dmsReports({ ...finishedTask, ...change });

      const answer = await run(loadFinishedEvent);

      expect(answer).toEqual({ outcome: 'ignored', reason: expect.stringContaining(reason) });
      expect(starts()).toHaveLength(0);
    },
  );

  it('starts nothing for an event about a load that is no longer the current one', async () => {
    await expect(run({ ...loadFinishedEvent, time: '2026-11-24T00:59:58Z' })).resolves.toEqual({
      outcome: 'ignored',
      reason: expect.stringContaining('about an earlier load'),
    });
    expect(starts()).toHaveLength(0);
  });

  it('asks DMS again when its answer is older than the event, and takes what it says then', async () => {
    const { ReplicationTaskStats: stats } = finishedTask;
    const old = {
      ...stats,
      FreshStartDate: new Date('2026-11-23T01:00:00Z'),
      StopDate: new Date('2026-11-23T01:10:00Z'),
    };
    dms
      .on(DescribeReplicationTasksCommand)
      .resolvesOnce({
        ReplicationTasks: [
          { ...finishedTask, ReplicationTaskStats: { ...old, StartDate: old.FreshStartDate } },
        ],
      })
      .resolves({ ReplicationTasks: [finishedTask] });

    await expect(run(loadFinishedEvent)).resolves.toMatchObject({
      outcome: 'started',
      executionArn: expect.stringContaining('20261124T010000000Z'),
    });
    expect(clock.sleeps.at(-1)).toBe(1_000);
  });

  it('throws ServiceUnavailable rather than take an old load for the one that an event is about', async () => {
    const old = {
      FreshStartDate: new Date('2026-11-23T01:00:00Z'),
      StopDate: new Date('2026-11-23T01:10:00Z'),
    };
    dmsReports({ ...finishedTask, ReplicationTaskStats: old });

    await expect(run(loadFinishedEvent)).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    expect(starts()).toHaveLength(0);
  });
});
