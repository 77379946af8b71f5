import { DescribeReplicationTasksCommand } from '@aws-sdk/client-database-migration-service';
import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, it } from 'vitest';
import { executionArnOf } from '../../../src/arn.ts';
import { readDayState } from '../../../src/deadlines/read-standing.ts';
import { WEEKDAYS } from '../../../src/definition/deadline/deadline.ts';
import { deadlineOn } from '../../../src/definition/deadline/deadline-days.ts';
import { mockClients } from '../../fixtures/mocked-clients.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';
import { finishedTask } from '../../fixtures/turn-request.ts';

const { clients, dms, sfn } = mockClients();
const ITEMS_TASK_ARN = ORDERS_TASK_ARN.replace('ORDERS', 'ITEMS');
const both = { ...orders, tasks: ['orders-task', 'items-task'] };
const machine = 'arn:aws:states:eu-central-1:123456789012:stateMachine:load-orders-dev';
const day = deadlineOn({ at: '06:30', timezone: 'UTC', days: WEEKDAYS, loadHours: 12 }, '2026-11-24');
const PUBLISHED = { status: 'SUCCEEDED', output: JSON.stringify({ outcome: 'published' }) } as const;
/** Names of runs of that day, by the start of their loads. */
const [FIRST, SECOND] = ['20261124T001000000Z-0123456789ab', '20261124T005000000Z-0123456789ab'];

/** What the list shows, newest first; what each run says itself; when loads of the tasks were started. */
function given(
  listed: readonly string[],
  runs: Readonly<Record<string, object>>,
  loads: readonly (readonly [arn: string, startedAt: string])[] = [],
): void {
  sfn.on(ListExecutionsCommand).resolves({
    executions: listed.map((name) => ({ executionArn: name, name, status: 'FAILED' }) as never),
  });
  sfn.on(DescribeExecutionCommand).callsFake(({ executionArn }: { executionArn: string }) => {
    const run = Object.entries(runs).find(([name]) => executionArn === executionArnOf(machine, name));
    if (run === undefined) throw new ExecutionDoesNotExist({ message: 'none', $metadata: {} });
    return run[1];
  });
  for (const [arn, startedAt] of loads) {
    const task = { ReplicationTaskArn: arn, ReplicationTaskStats: { FreshStartDate: new Date(startedAt) } };
    dms
      .on(DescribeReplicationTasksCommand, { Filters: [{ Name: 'replication-task-arn', Values: [arn] }] })
      .resolves({ ReplicationTasks: [{ ...finishedTask, ...task }] });
  }
}

const read = (pipeline = orders) => {
  const taskArns = { 'orders-task': ORDERS_TASK_ARN, 'items-task': ITEMS_TASK_ARN };
  if (day === undefined) throw new Error('the day has no deadline');
  return readDayState({ ...clients, taskArns }, pipeline, machine, day);
};

describe('where the load of a day stands', () => {
  beforeEach(() => {
    dms.reset();
    sfn.reset();
    sfn.on(ListTagsForResourceCommand).resolves({ tags: [] });
    sfn.on(GetExecutionHistoryCommand).resolves({ events: [] });
  });

  it('is what a run says itself, where the list lags', async () => {
    given([FIRST], { [FIRST]: PUBLISHED });

    await expect(read()).resolves.toEqual({ kind: 'published' });
  });

  it('is that of a run which the list does not show, beside older ones that it shows', async () => {
    const startedAt = '2026-11-24T01:00:00.000Z';
    given([FIRST], { [FIRST]: { status: 'FAILED' } }, [[ORDERS_TASK_ARN, startedAt]]);
    await expect(read()).resolves.toMatchObject({ standing: { kind: 'not-started' } });

    const asked = sfn.commandCalls(DescribeExecutionCommand).map(({ args }) => args[0].input.executionArn);
    const unlisted =
      asked
        .find((arn) => arn?.includes('20261124T010000000Z-'))
        ?.split(':')
        .at(-1) ?? '';
    given([FIRST], { [FIRST]: { status: 'FAILED' }, [unlisted]: PUBLISHED }, [[ORDERS_TASK_ARN, startedAt]]);

    await expect(read()).resolves.toEqual({ kind: 'published' });
  });

  it('is that of an older run that was redriven, while it is alive', async () => {
    given([SECOND, FIRST], { [FIRST]: { status: 'RUNNING' }, [SECOND]: { status: 'FAILED' } });

    await expect(read()).resolves.toMatchObject({
      standing: { kind: 'running', executionArn: executionArnOf(machine, FIRST) },
    });
  });

  it('is the wait for a task whose load a run has used already', async () => {
    given([FIRST], { [FIRST]: { status: 'FAILED' } }, [
      [ORDERS_TASK_ARN, '2026-11-24T01:00:00.000Z'],
      [ITEMS_TASK_ARN, '2026-11-24T00:10:00.000Z'],
    ]);

    await expect(read(both)).resolves.toMatchObject({
      standing: { kind: 'companion', finished: ['orders-task'], missing: ['items-task'] },
    });
  });

  it.each(['20261123T001000000Z-0123456789ab', '20261124T200000000Z-0123456789ab'])(
    'counts no run of another day: %s',
    async (other) => {
      given([other], { [other]: PUBLISHED }, [[ORDERS_TASK_ARN, '2026-11-23T00:10:00.000Z']]);

      await expect(read()).resolves.toMatchObject({
        standing: { kind: 'no-load', lastStartedAt: Date.parse('2026-11-23T00:10Z') },
      });
    },
  );

  it('is unknown where DMS does not answer', async () => {
    given([], {});
    dms.on(DescribeReplicationTasksCommand).rejects(new Error('away'));

    await expect(read()).resolves.toMatchObject({
      standing: { kind: 'unknown', reason: expect.stringContaining('away') },
    });
  });
});
