import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
} from '@aws-sdk/client-database-migration-service';
import {
  CancelStatementCommand,
  DescribeStatementCommand,
  ListStatementsCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListTagsForResourceCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { sweepLoads } from '../../../src/runs/sweep-loads.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';
import { finishedTask } from '../../fixtures/turn-request.ts';

const region = 'eu-central-1';
const dms = mockClient(DatabaseMigrationServiceClient);
const sfn = mockClient(SFNClient);
const api = mockClient(RedshiftDataClient);

const sweep = (options: { now?: string; sweepFrom?: string; pipelines?: (typeof orders)[] } = {}) =>
  sweepLoads({
    dms: new DatabaseMigrationServiceClient({ region }),
    sfn: new SFNClient({ region }),
    api: new RedshiftDataClient({ region }),
    clock: createJumpingClock(options.now ?? '2026-11-24T02:00:00.000Z'),
    pipelines: options.pipelines ?? [orders],
    taskArns: { 'orders-task': ORDERS_TASK_ARN, 'items-task': ORDERS_TASK_ARN.replace('ORDERS', 'ITEMS') },
    stage: 'dev',
    target: { clusterIdentifier: 'mart', database: 'dev', dbUser: 'runtime' },
    requestId: 'request-1',
    ...(options.sweepFrom === undefined ? {} : { sweepFrom: new Date(options.sweepFrom) }),
    lookBackHours: 24,
  });
/** The load has ended at one o'clock. */
const machineMade = (time: string) =>
  sfn.on(DescribeStateMachineCommand).resolves({ creationDate: new Date(`2026-11-24T${time}:00.000Z`) });
const doesNotExist = Object.assign(new Error('none'), { name: 'ExecutionDoesNotExist' });
const exists = Object.assign(new Error('exists'), { name: 'ExecutionAlreadyExists' });

describe('sweepLoads', () => {
  beforeEach(() => {
    for (const client of [dms, sfn, api]) client.reset();
    dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [finishedTask] });
    sfn.on(ListTagsForResourceCommand).resolves({ tags: [] });
    sfn.on(DescribeExecutionCommand).rejects(doesNotExist);
    sfn.on(StartExecutionCommand).resolves({});
    machineMade('00:30');
    api.on(ListStatementsCommand).resolves({ Statements: [] });
  });

  it('starts the run of a load that no event told of, under the name that the event would have given it', async () => {
    await expect(sweep()).resolves.toMatchObject({
      started: 1,
      failed: [],
      runs: [{ pipeline: 'load-orders', outcome: 'started' }],
    });
    expect(sfn.commandCalls(StartExecutionCommand)[0]?.args[0].input.name).toMatch(/^20261124T010000000Z-/);
  });

  it('writes nothing when every load has its run, and does not ask since when the pipeline is there', async () => {
    sfn.on(DescribeExecutionCommand).resolves({ status: 'SUCCEEDED' });

    await expect(sweep()).resolves.toMatchObject({ started: 0, runs: [{ outcome: 'already-started' }] });
    expect(sfn.commandCalls(StartExecutionCommand)).toHaveLength(0);
    expect(sfn.commandCalls(DescribeStateMachineCommand)).toHaveLength(0);
  });

  it('counts only runs that it really started', async () => {
    sfn.on(StartExecutionCommand).rejects(exists);

    await expect(sweep()).resolves.toMatchObject({ started: 0, runs: [{ outcome: 'already-started' }] });
  });

  it('does not run a load that ended before the state machine of its pipeline was made', async () => {
    machineMade('01:30');

    await expect(sweep()).resolves.toMatchObject({
      started: 0,
      runs: [{ outcome: 'ignored', reason: expect.stringContaining('before 2026-11-24T01:30:00.000Z') }],
    });
    expect(sfn.commandCalls(DescribeStateMachineCommand)[0]?.args[0].input.stateMachineArn).toMatch(
      /:123456789012:stateMachine:load-orders-dev$/,
    );
  });

  it('takes a time that is given in place of that, earlier or later', async () => {
    machineMade('01:30');
    await expect(sweep({ sweepFrom: '2026-11-24T00:30:00.000Z' })).resolves.toMatchObject({ started: 1 });

    machineMade('00:30');
    await expect(sweep({ sweepFrom: '2026-11-24T01:30:00.000Z' })).resolves.toMatchObject({
      runs: [{ outcome: 'ignored', reason: expect.stringContaining('when sweeping began') }],
    });
    expect(sfn.commandCalls(DescribeStateMachineCommand)).toHaveLength(0);
  });

  it('does not run a load that ended too long ago', async () => {
    await expect(sweep({ now: '2026-11-25T01:00:01.000Z' })).resolves.toMatchObject({
      runs: [{ outcome: 'ignored', reason: expect.stringContaining('more than 24 hours ago') }],
    });
    expect(sfn.commandCalls(StartExecutionCommand)).toHaveLength(0);
  });

  it('says that a pipeline could not be swept when nobody tells since when it is there', async () => {
    sfn.on(DescribeStateMachineCommand).resolves({});

    await expect(sweep()).resolves.toMatchObject({
      started: 0,
      failed: ['load-orders'],
      runs: [{ reason: expect.stringContaining('ServiceUnavailable') }],
    });
  });

  it('leaves a pipeline alone that is held', async () => {
    sfn.on(ListTagsForResourceCommand).resolves({ tags: [{ key: 'elt-hold', value: 'repair' }] });

    await expect(sweep()).resolves.toMatchObject({ started: 0, runs: [{ outcome: 'held' }] });
  });

  it('goes on with the other pipelines when one cannot be swept', async () => {
    const broken = { ...orders, name: 'load-broken', tasks: ['unknown-task'] };

    await expect(sweep({ pipelines: [broken, orders] })).resolves.toMatchObject({
      started: 1,
      failed: ['load-broken'],
      runs: [
        { pipeline: 'load-broken', reason: expect.stringContaining('unknown-task') },
        { outcome: 'started' },
      ],
    });
  });

  it('says which task was made anew, and what to change', async () => {
    const anew = `${ORDERS_TASK_ARN}2`;
    dms.on(DescribeReplicationTasksCommand).callsFake(async ({ Filters: [{ Name }] }) => ({
      ReplicationTasks: Name === 'replication-task-id' ? [{ ReplicationTaskArn: anew }] : [],
    }));

    await expect(sweep()).resolves.toMatchObject({
      started: 0,
      failed: ['load-orders'],
      runs: [
        {
          reason: expect.stringMatching(
            new RegExp(`InvalidConfig: .*${ORDERS_TASK_ARN}: "orders-task" .* is ${anew} now; .* dmsTasks`),
          ),
        },
      ],
    });
  });

  it.each(['STOPPED_AFTER_FULL_LOAD', 'STOPPED_AFTER_CACHED_EVENTS'])(
    'starts the run of a load whose task would have gone on with changes: %s',
    async (reason) => {
      const task = { ...finishedTask, MigrationType: 'full-load-and-cdc' as const };
      dms
        .on(DescribeReplicationTasksCommand)
        .resolves({ ReplicationTasks: [{ ...task, StopReason: `Stop Reason ${reason}` }] });

      await expect(sweep()).resolves.toMatchObject({ started: 1 });
    },
  );

  describe('of a pipeline whose hours without a load CloudWatch cannot count', () => {
    const weekly = { ...orders, hoursWithoutLoad: 192 };
    const now = '2026-12-02T02:00:00.000Z';
    const ended = (executionArn: string, outcome: string, stopDate: string) =>
      sfn
        .on(DescribeExecutionCommand, { executionArn })
        .resolves({ status: 'SUCCEEDED', output: JSON.stringify({ outcome }), stopDate: new Date(stopDate) });
    const listed = (...names: readonly string[]) =>
      sfn.on(ListExecutionsCommand).resolves({
        executions: names.map((executionArn) => ({ executionArn, name: executionArn }) as never),
      });

    it.each([
      ['within them', '2026-11-24T02:00:00.000Z', false],
      ['before them', '2026-11-24T01:59:59.999Z', true],
    ])('says whether they have passed: published %s', async (_, stopDate, isOverdue) => {
      listed('superseded', 'published');
      ended('superseded', 'superseded', '2026-12-02T01:00:00.000Z');
      ended('published', 'published', stopDate);

      await expect(sweep({ pipelines: [weekly], now })).resolves.toMatchObject({
        watched: [{ pipeline: 'load-orders', isOverdue }],
        failed: [],
      });
    });

    it.each([
      ['since longer than them', '01:00', true],
      ['since less', '02:01', false],
    ])(
      'counts from when the pipeline is there, where nothing was published: %s',
      async (_, made, isOverdue) => {
        listed();
        machineMade(made);

        await expect(sweep({ pipelines: [weekly], now })).resolves.toMatchObject({
          watched: [{ pipeline: 'load-orders', isOverdue }],
        });
      },
    );

    it('says so when it cannot know', async () => {
      sfn.on(ListExecutionsCommand).rejects(new Error('slow down'));

      await expect(sweep({ pipelines: [weekly], now })).resolves.toMatchObject({
        watched: [],
        failed: ['load-orders'],
        runs: [{}, { reason: expect.stringContaining('may be overdue: ServiceUnavailable') }],
      });
    });

    it('asks nothing for the others', async () => {
      await expect(sweep({ pipelines: [{ ...orders, hoursWithoutLoad: 168 }], now })).resolves.toMatchObject({
        watched: [],
      });
      expect(sfn.commandCalls(ListExecutionsCommand)).toHaveLength(0);
    });
  });

  it('asks DMS once about a task that pipelines share', async () => {
    await sweep({ pipelines: [orders, { ...orders, name: 'load-orders-again' }] });

    expect(dms.commandCalls(DescribeReplicationTasksCommand)).toHaveLength(1);
  });

  it('names a pipeline whose finished load has waited too long for its companion', async () => {
    const both = { ...orders, tasks: ['orders-task', 'items-task'] };
    const ended = { ...finishedTask.ReplicationTaskStats, StopDate: new Date('2026-11-24T01:30:00.000Z') };
    dms.on(DescribeReplicationTasksCommand).callsFake(({ Filters }) => ({
      ReplicationTasks: [
        Filters[0].Values[0] === ORDERS_TASK_ARN
          ? { ...finishedTask, ReplicationTaskStats: ended }
          : { ReplicationTaskArn: Filters[0].Values[0], Status: 'ready' },
      ],
    }));
    sfn.on(ListExecutionsCommand).resolves({ executions: [] });

    await expect(sweep({ pipelines: [both], now: '2026-11-24T03:30:00.000Z' })).resolves.toMatchObject({
      missingCompanions: [],
    });
    await expect(sweep({ pipelines: [both], now: '2026-11-24T03:30:00.001Z' })).resolves.toMatchObject({
      missingCompanions: ['load-orders'],
      runs: [{ outcome: 'waiting' }],
    });
  });

  describe('of a statement that still runs', () => {
    beforeEach(() => {
      sfn.on(StartExecutionCommand).rejects(exists);
      api.on(ListStatementsCommand, { Status: 'STARTED' }).resolves({
        Statements: [
          { Id: 'orphan', StatementName: 'run-1/Load_Orders/1', Status: 'STARTED', CreatedAt: new Date() },
        ],
      });
      api.on(CancelStatementCommand).resolves({ Status: true });
      api.on(DescribeStatementCommand).resolves({ Status: 'ABORTED' });
    });

    it('asks about the execution that its parameters name: pipelines may share execution names', async () => {
      const execution = 'arn:aws:states:eu-central-1:123456789012:execution:load-items-dev:run-1';
      api.on(ListStatementsCommand, { Status: 'STARTED' }).resolves({
        Statements: [
          {
            ...{
              Id: 'foreign',
              StatementName: 'run-1/Load_Orders/1',
              Status: 'STARTED',
              CreatedAt: new Date(),
            },
            QueryParameters: [{ name: 'execution', value: execution }],
          },
        ],
      });
      sfn.on(DescribeExecutionCommand).resolves({ status: 'ABORTED' });
      sfn.on(DescribeExecutionCommand, { executionArn: execution }).resolves({ status: 'RUNNING' });

      await expect(sweep({ pipelines: [orders, { ...orders, name: 'load-items' }] })).resolves.toMatchObject({
        reaped: [],
      });
    });

    it('cancels it when its step is none of the definition that is deployed now', async () => {
      const execution = 'arn:aws:states:eu-central-1:123456789012:execution:load-orders-dev:run-1';
      api.on(ListStatementsCommand, { Status: 'STARTED' }).resolves({
        Statements: [
          {
            ...{ Id: 'old', StatementName: 'run-1/Load_By_Old_Name/1', Status: 'STARTED' as const },
            CreatedAt: new Date(),
            QueryParameters: [{ name: 'execution', value: execution }],
          },
        ],
      });
      sfn.on(DescribeExecutionCommand, { executionArn: execution }).resolves({ status: 'ABORTED' });

      await expect(sweep()).resolves.toMatchObject({ reaped: ['old'] });
    });

    it.each(['ABORTED', 'TIMED_OUT'] as const)('cancels it when its execution is %s', async (status) => {
      sfn.on(DescribeExecutionCommand).resolves({ status });

      await expect(sweep()).resolves.toMatchObject({ reaped: ['orphan'] });
      expect(api.commandCalls(CancelStatementCommand)[0]?.args[0].input).toEqual({ Id: 'orphan' });
    });

    it.each(['RUNNING', 'FAILED'] as const)('leaves it when its execution is %s', async (status) => {
      sfn.on(DescribeExecutionCommand).resolves({ status });

      await expect(sweep()).resolves.toMatchObject({ reaped: [] });
      expect(api.commandCalls(CancelStatementCommand)).toHaveLength(0);
    });

    it('leaves it when no pipeline knows its execution', async () => {
      await expect(sweep()).resolves.toMatchObject({ reaped: [] });
    });
  });
});
