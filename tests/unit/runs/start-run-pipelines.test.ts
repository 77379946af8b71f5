import { DescribeReplicationTasksCommand } from '@aws-sdk/client-database-migration-service';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, it } from 'vitest';
import { startRun } from '../../../src/runs/start-run.ts';
import { loadFinishedEvent } from '../../fixtures/dms-event.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';
import { context, dms, finishedTask, reset, run, sfn, starts } from './start-run-world.ts';

describe('startRun', () => {
  beforeEach(reset);

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

  it('says who holds a pipeline, where it is told', async () => {
    sfn.on(TagResourceCommand).resolves({});

    await run({ pipeline: 'load-orders', reason: 'the source is repaired', by: 'Ann', hold: true });

    expect(sfn.commandCalls(TagResourceCommand)[0]?.args[0].input).toMatchObject({
      tags: [{ value: 'by Ann because the source is repaired' }],
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
        reason: expect.stringContaining('not loaded again'),
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
