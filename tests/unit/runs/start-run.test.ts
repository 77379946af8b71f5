import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
} from '@aws-sdk/client-database-migration-service';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  ListTagsForResourceCommand,
  SFNClient,
  StartExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { startRun } from '../../../src/runs/start-run.ts';
import { CONTRACT_VERSION } from '../../../src/statements/contract-version.ts';
import { loadFinishedEvent } from '../../fixtures/dms-event.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';

const dms = mockClient(DatabaseMigrationServiceClient);
const sfn = mockClient(SFNClient);

const clock = createJumpingClock('2026-11-24T01:00:11.000Z');
const context = {
  dms: new DatabaseMigrationServiceClient({ region: 'eu-central-1' }),
  sfn: new SFNClient({ region: 'eu-central-1' }),
  pipelines: [orders],
  taskArns: { 'orders-task': ORDERS_TASK_ARN },
  stage: 'dev',
  target: { clusterIdentifier: 'mart', database: 'dev', dbUser: 'runtime' },
  requestId: 'request-1',
  clock,
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
const doesNotExist = Object.assign(new Error('none'), { name: 'ExecutionDoesNotExist' });
const starts = () => sfn.commandCalls(StartExecutionCommand).map((call) => call.args[0].input);

describe('startRun', () => {
  beforeEach(() => {
    dms.reset();
    sfn.reset();
    sfn.on(DescribeExecutionCommand).rejects(doesNotExist);
    sfn.on(StartExecutionCommand).resolves({});
    sfn.on(ListTagsForResourceCommand).resolves({ tags: [] });
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
      contractVersion: CONTRACT_VERSION,
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
    await run({ ...loadFinishedEvent, time: '2026-11-24T02:00:10Z' });

    const names = starts().map(({ name }) => name);
    expect(names[1]).toBe(names[0]);
    expect(names[2]).toMatch(/^20261124T020000000Z-/);
  });

  it('says so when the load has its run already, and starts nothing', async () => {
    const { executionArn } = await run(loadFinishedEvent);
    sfn.on(DescribeExecutionCommand, { executionArn }).resolves({ status: 'FAILED' });

    await expect(run(loadFinishedEvent)).resolves.toEqual({
      outcome: 'already-started',
      executionArn,
      reason: expect.stringMatching(/^load 20261124T010000000Z-\w+ has its run already$/),
    });
    expect(starts()).toHaveLength(1);
  });

  it('says so when somebody else starts the run at the same moment', async () => {
    sfn
      .on(StartExecutionCommand)
      .rejects(Object.assign(new Error('exists'), { name: 'ExecutionAlreadyExists' }));

    await expect(run(loadFinishedEvent)).resolves.toMatchObject({
      outcome: 'already-started',
      executionArn: expect.any(String),
    });
  });

  it('throws when Step Functions does not say whether there is a run, so that the event is delivered again', async () => {
    sfn.on(DescribeExecutionCommand).rejects(new Error('slow down'));

    await expect(run(loadFinishedEvent)).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    expect(starts()).toHaveLength(0);
  });

  it('throws ServiceUnavailable when Step Functions is throttled, so that the event is delivered again', async () => {
    sfn
      .on(StartExecutionCommand)
      .rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));

    await expect(run(loadFinishedEvent)).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      message: expect.stringContaining('Step Functions cannot answer StartExecution of arn:'),
    });
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
    ['a request for two things at a time', { pipeline: 'load-orders', reason: 'x', hold: true, rerun: 1 }],
    ['a rerun without a number', { pipeline: 'load-orders', reason: 'x', rerun: 'yes' }],
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

  it('says that the pipeline is not deployed when there is no state machine to ask for a hold, or to start', async () => {
    const named = (name: string) => Object.assign(new Error('none'), { name });
    const refusal = (operation: string) => ({
      name: 'InvalidConfig',
      message: expect.stringMatching(
        new RegExp(`^Step Functions refused ${operation} of arn:.*deploy the pipeline to this stage`),
      ),
    });

    sfn.on(StartExecutionCommand).rejects(named('StateMachineDoesNotExist'));
    await expect(run(loadFinishedEvent)).rejects.toMatchObject(refusal('StartExecution'));
    sfn.on(ListTagsForResourceCommand).rejects(named('ResourceNotFound'));
    await expect(run(loadFinishedEvent)).rejects.toMatchObject(refusal('ListTagsForResource'));
  });

  it('throws ServiceUnavailable when DMS still shows the load running that the event says has ended', async () => {
    dmsReports({ ...finishedTask, Status: 'running' });

    await expect(run(loadFinishedEvent)).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  });

  it('throws ServiceUnavailable when DMS does not answer', async () => {
    dms.on(DescribeReplicationTasksCommand).rejects(new Error('connect ECONNREFUSED'));

    await expect(run(loadFinishedEvent)).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('throws InvalidConfig when the stage has no ARN for a pipeline’s task', async () => {
    await expect(startRun({ ...context, taskArns: {} }, loadFinishedEvent)).rejects.toMatchObject({
      name: 'InvalidConfig',
    });
  });

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

  it('gives a deliberate second run a name of its own, the same for the same number', async () => {
    await run({ pipeline: 'load-orders', reason: 'bad rows repaired', rerun: 2 });

    expect(starts()[0]?.name).toMatch(/^20261124T010000000Z-[0-9a-f]{12}-r2$/);
    expect(JSON.parse(starts()[0]?.input ?? '').load.id).toBe(starts()[0]?.name);
  });

  describe('of a pipeline that is held', () => {
    beforeEach(() => {
      sfn
        .on(ListTagsForResourceCommand)
        .resolves({ tags: [{ key: 'elt-hold', value: 'source is being repaired' }] });
    });

    it.each([
      ['event', loadFinishedEvent],
      ['request', { pipeline: 'load-orders', reason: 'x' }],
      ['rerun', { pipeline: 'load-orders', reason: 'x', rerun: 1 }],
    ])('starts nothing for an %s, and says why', async (_, input) => {
      await expect(run(input)).resolves.toEqual({
        outcome: 'held',
        reason: 'the pipeline is held: source is being repaired',
      });
      expect(starts()).toHaveLength(0);
    });
  });

  it('holds a pipeline by a tag of its state machine, in letters that a tag may have', async () => {
    sfn.on(TagResourceCommand).resolves({});

    await expect(run({ pipeline: 'load-orders', reason: 'why? <rows>', hold: true })).resolves.toMatchObject({
      outcome: 'held',
    });
    expect(sfn.commandCalls(TagResourceCommand)[0]?.args[0].input).toEqual({
      resourceArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:load-orders-dev',
      tags: [{ key: 'elt-hold', value: 'why   rows ' }],
    });
  });

  it('releases a pipeline and starts what is due', async () => {
    sfn.on(UntagResourceCommand).resolves({});

    await expect(run({ pipeline: 'load-orders', reason: 'repaired', release: true })).resolves.toMatchObject({
      outcome: 'started',
    });
    expect(sfn.commandCalls(UntagResourceCommand)).toHaveLength(1);
  });

  describe('of a pipeline with two tasks', () => {
    const OTHER_ARN = ORDERS_TASK_ARN.replace('ORDERS', 'ITEMS');
    const both = { ...orders, tasks: ['orders-task', 'items-task'] };
    const taskArns = { 'orders-task': ORDERS_TASK_ARN, 'items-task': OTHER_ARN };
    const runBoth = () => startRun({ ...context, pipelines: [both], taskArns }, loadFinishedEvent);
    const loads = (startOfOther: string | undefined, lastRun?: Record<string, string>) => {
      const other = { ...finishedTask, ReplicationTaskArn: OTHER_ARN };
      dms.on(DescribeReplicationTasksCommand).callsFake(({ Filters }) => ({
        ReplicationTasks: [
          Filters[0].Values[0] === ORDERS_TASK_ARN
            ? finishedTask
            : startOfOther === undefined
              ? { ...other, Status: 'ready', ReplicationTaskStats: undefined }
              : { ...other, ReplicationTaskStats: { FreshStartDate: new Date(startOfOther) } },
        ],
      }));
      sfn
        .on(ListExecutionsCommand)
        .resolves({ executions: lastRun ? [{ executionArn: 'last', name: 'last' } as never] : [] });
      const tasks = Object.entries(lastRun ?? {}).map(([arn, startedAt]) => ({ arn, startedAt }));
      sfn
        .on(DescribeExecutionCommand, { executionArn: 'last' })
        .resolves({ input: JSON.stringify({ load: { tasks } }) });
    };

    it('waits until both have a finished load', async () => {
      loads(undefined);

      await expect(runBoth()).resolves.toMatchObject({
        outcome: 'waiting',
        reason: expect.stringContaining('ITEMS'),
      });
      expect(starts()).toHaveLength(0);
    });

    it('runs once for the set, when the last one is there', async () => {
      loads('2026-11-24T00:30:00.000Z');

      await expect(runBoth()).resolves.toMatchObject({ outcome: 'started' });
      expect(JSON.parse(starts()[0]?.input ?? '').load.tasks).toHaveLength(2);
    });

    it('waits for a load that is newer than the one of the last run', async () => {
      loads('2026-11-24T00:30:00.000Z', {
        [OTHER_ARN]: '2026-11-24T00:30:00.000Z',
        [ORDERS_TASK_ARN]: '2026-11-23T01:00:00.000Z',
      });

      await expect(runBoth()).resolves.toMatchObject({
        outcome: 'waiting',
        reason: expect.stringContaining('not loaded anew'),
      });
    });

    it('waits when the loads lie too far apart to belong together', async () => {
      loads('2026-11-23T01:00:00.000Z');

      await expect(runBoth()).resolves.toMatchObject({
        outcome: 'waiting',
        reason: expect.stringContaining('within 12 hours'),
      });
    });
  });

  it('starts every pipeline that shares the task, and answers for each', async () => {
    const second = { ...orders, name: 'report-orders' };

    const answer = await startRun({ ...context, pipelines: [orders, second] }, loadFinishedEvent);

    expect(answer).toMatchObject({
      outcome: 'started',
      runs: [{ pipeline: 'load-orders' }, { pipeline: 'report-orders' }],
    });
    expect(starts()).toHaveLength(2);
  });
});
