import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
} from '@aws-sdk/client-database-migration-service';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { startRun } from '../../../src/runs/start-run.ts';
import { loadFinishedEvent } from '../../fixtures/dms-event.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';

const dms = mockClient(DatabaseMigrationServiceClient);
const sfn = mockClient(SFNClient);

const context = {
  dms: new DatabaseMigrationServiceClient({ region: 'eu-central-1' }),
  sfn: new SFNClient({ region: 'eu-central-1' }),
  pipelines: [orders],
  taskArns: { 'orders-task': ORDERS_TASK_ARN },
  stage: 'dev',
  target: { clusterIdentifier: 'mart', database: 'dev', dbUser: 'runtime' },
  requestId: 'request-1',
};
const run = (input: unknown) => startRun(context, input);

const finishedTask = {
  ReplicationTaskArn: ORDERS_TASK_ARN,
  Status: 'stopped',
  StopReason: 'Stop Reason FULL_LOAD_ONLY_FINISHED',
  ReplicationTaskStats: {
    FreshStartDate: new Date('2026-11-24T01:00:00.000Z'),
    StartDate: new Date('2026-11-24T00:00:00.000Z'),
  },
};
const dmsReports = (...tasks: object[]) =>
  dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: tasks });
const starts = () => sfn.commandCalls(StartExecutionCommand).map((call) => call.args[0].input);

describe('startRun', () => {
  beforeEach(() => {
    dms.reset();
    sfn.reset();
    sfn.on(StartExecutionCommand).resolves({});
    dmsReports(finishedTask);
  });

  it('starts one execution, named after the load that DMS reports, in the Region of the task', async () => {
    const answer = await run(loadFinishedEvent);

    expect(answer).toEqual({
      outcome: 'started',
      executionArn: expect.stringMatching(
        /^arn:aws:states:eu-central-1:123456789012:execution:load-orders-dev:20261124T010000000Z-[0-9a-f]{12}$/,
      ),
      reason: `event ${loadFinishedEvent.id}`,
    });
    expect(starts()).toHaveLength(1);
    expect(JSON.parse(starts()[0]?.input ?? '')).toMatchObject({
      contractVersion: 1,
      pipeline: 'load-orders',
      load: { startedAt: '2026-11-24T01:00:00.000Z', tasks: [{ identifier: 'orders-task' }] },
      target: context.target,
      trigger: { requestId: 'request-1' },
      steps: {},
    });
  });

  it('takes the same name for the same load, whoever asks, and another after a resume or a reload', async () => {
    const { ReplicationTaskStats: stats } = finishedTask;
    const later = new Date('2026-11-24T02:00:00.000Z');

    await run(loadFinishedEvent);
    await run({ pipeline: 'load-orders', reason: 'by hand' });
    dmsReports({ ...finishedTask, ReplicationTaskStats: { ...stats, StartDate: later } });
    await run(loadFinishedEvent);

    const names = starts().map(({ name }) => name);
    expect(names[1]).toBe(names[0]);
    expect(names[2]).toMatch(/^20261124T020000000Z-/);
  });

  it('says so when the load has its run already', async () => {
    sfn
      .on(StartExecutionCommand)
      .rejects(Object.assign(new Error('exists'), { name: 'ExecutionAlreadyExists' }));

    await expect(run(loadFinishedEvent)).resolves.toMatchObject({
      outcome: 'already-started',
      executionArn: expect.any(String),
    });
  });

  it('lets an error of Step Functions through, so that the event is delivered again', async () => {
    sfn
      .on(StartExecutionCommand)
      .rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));

    await expect(run(loadFinishedEvent)).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

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
      'no pipeline has the task',
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
    ['a request for an unknown pipeline', { pipeline: 'load-nothing', reason: 'x' }],
  ])('throws InvalidEvent for %s, and starts nothing', async (_, input) => {
    await expect(run(input)).rejects.toMatchObject({ name: 'InvalidEvent' });
    expect(starts()).toHaveLength(0);
  });

  it.each([
    ['has never run', { Status: 'ready', ReplicationTaskStats: undefined }, 'never been started'],
    [
      'runs again',
      { Status: 'running', ReplicationTaskStats: { StartDate: new Date('2026-11-24T01:00:11Z') } },
      'the task is running',
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

  it('throws LoadUnsettled when DMS still shows the load running that the event says has ended', async () => {
    dmsReports({ ...finishedTask, Status: 'running' });

    await expect(run(loadFinishedEvent)).rejects.toMatchObject({ name: 'LoadUnsettled' });
  });

  it('throws LoadUnsettled when DMS does not answer', async () => {
    dms.on(DescribeReplicationTasksCommand).rejects(new Error('connect ECONNREFUSED'));

    await expect(run(loadFinishedEvent)).rejects.toMatchObject({
      name: 'LoadUnsettled',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('throws InvalidConfig when the stage has no ARN for a pipeline’s task', async () => {
    await expect(startRun({ ...context, taskArns: {} }, loadFinishedEvent)).rejects.toMatchObject({
      name: 'InvalidConfig',
    });
  });

  it('answers anything at all with a typed result or a typed error, and starts nothing for it', async () => {
    const almost = fc.record(
      Object.fromEntries(
        Object.entries(loadFinishedEvent).map(([key, value]) => [
          key,
          fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.jsonValue() }),
        ]),
      ),
      { requiredKeys: [] },
    );

    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), almost), async (input) => {
        const settled = await run(input).catch((error: Error) => error.name);
        const expected = typeof settled === 'string' ? ['InvalidEvent'] : ['ignored', 'started'];
        expect(expected).toContain(typeof settled === 'string' ? settled : settled.outcome);
      }),
      { numRuns: 2_000 },
    );
  });
});
