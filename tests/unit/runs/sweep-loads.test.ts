import { DescribeReplicationTasksCommand } from '@aws-sdk/client-database-migration-service';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListTagsForResourceCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, it } from 'vitest';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';
import { finishedTask } from '../../fixtures/turn-request.ts';
import { dms, exists, machineMade, reset, sfn, sweep } from './sweep-world.ts';

describe('sweepLoads', () => {
  beforeEach(reset);

  it('starts the run of a load that no event told of, under the name that the event would have given it', async () => {
    await expect(sweep()).resolves.toMatchObject({
      started: 1,
      failed: [],
      runs: [{ pipeline: 'load-orders', outcome: 'started' }],
    });
    expect(sfn.commandCalls(StartExecutionCommand)[0]?.args[0].input.name).toMatch(/^20261124T010000000Z-/);
  });

  it('writes nothing when every load has its run, and does not ask since when the pipeline is there', async () => {
    const published = {
      output: JSON.stringify({ outcome: 'published' }),
      stopDate: new Date('2026-11-24T01:30:00Z'),
    };
    sfn.on(DescribeExecutionCommand).resolves({ status: 'SUCCEEDED', ...published });

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
    const pipelines = [{ ...orders, hoursWithoutLoad: 'never' as const }];
    machineMade('01:30');
    await expect(sweep({ pipelines, sweepFrom: '2026-11-24T00:30:00.000Z' })).resolves.toMatchObject({
      started: 1,
    });

    machineMade('00:30');
    await expect(sweep({ pipelines, sweepFrom: '2026-11-24T01:30:00.000Z' })).resolves.toMatchObject({
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
            new RegExp(`InvalidConfig: .*${ORDERS_TASK_ARN}: "orders-task" .* ${anew} now\\. .* dmsTasks`),
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

  it('asks DMS once about a task that pipelines share', async () => {
    await sweep({ pipelines: [orders, { ...orders, name: 'load-orders-again' }] });

    expect(dms.commandCalls(DescribeReplicationTasksCommand)).toHaveLength(1);
  });
});
