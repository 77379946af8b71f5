import { DescribeReplicationTasksCommand } from '@aws-sdk/client-database-migration-service';
import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListTagsForResourceCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, it } from 'vitest';
import { watchDeadlines } from '../../../src/deadlines/watch-deadlines.ts';
import { WEEKDAYS } from '../../../src/definition/deadline/deadline.ts';
import { mockClients } from '../../fixtures/mocked-clients.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';
import { finishedTask } from '../../fixtures/turn-request.ts';

const { clients, dms, sfn } = mockClients();
const deadline = { at: '06:30', timezone: 'UTC', days: WEEKDAYS, warnMinutes: 20, loadHours: 12 };
const RUN = '20261124T001000000Z-0123456789ab';
const published = { status: 'SUCCEEDED', output: JSON.stringify({ outcome: 'published' }) } as const;

/** Executions that exist, by the end of their names. */
function given(executions: Readonly<Record<string, object>>): void {
  sfn.on(ListExecutionsCommand).resolves({ executions: [{ executionArn: RUN, name: RUN } as never] });
  sfn.on(DescribeExecutionCommand).callsFake(({ executionArn }: { executionArn: string }) => {
    const found = Object.entries(executions).find(([name]) => executionArn.endsWith(name));
    if (found === undefined) throw new ExecutionDoesNotExist({ message: 'none', $metadata: {} });
    return found[1];
  });
}

const watch = (at: string) =>
  watchDeadlines({
    ...clients,
    ...{ pipelines: [{ ...orders, deadline }], stage: 'dev', taskArns: { 'orders-task': ORDERS_TASK_ARN } },
    ...{
      functionName: 'elt-dev-notify-outcome',
      tasks: [],
      topic: 'told',
      deadlineMachine: 'elt-dev-deadlines',
    },
    clock: { now: () => Date.parse(`2026-11-24T${at}Z`), sleep: async () => {} },
  });

describe('watchDeadlines', () => {
  beforeEach(() => {
    dms.reset();
    sfn.reset();
    sfn.on(ListTagsForResourceCommand).resolves({ tags: [] });
    sfn.on(StartExecutionCommand).resolves({});
    dms.on(DescribeReplicationTasksCommand).rejects(new Error('away'));
  });

  it('tells a deadline under a name of the day', async () => {
    given({});

    await expect(watch('06:30')).resolves.toMatchObject({ told: ['load-orders-2026-11-24-deadline'] });
  });

  it('makes up for one that was missed hours ago, and for none of a day before', async () => {
    given({});

    await expect(watch('12:29')).resolves.toMatchObject({ outcome: 'published' });
    await expect(watch('12:31')).resolves.toMatchObject({ outcome: 'ignored' });
  });

  it('tells nothing of a load that is published', async () => {
    given({ [RUN]: published });

    await expect(watch('06:30')).resolves.toMatchObject({ outcome: 'ignored' });
  });

  it('asks nothing about what was told', async () => {
    given({ 'load-orders-2026-11-24-deadline': published });

    await expect(watch('06:30')).resolves.toMatchObject({ outcome: 'ignored' });
    expect(sfn.commandCalls(ListExecutionsCommand)).toHaveLength(0);
  });

  it('warns of nothing where no forecast says that the load will be late', async () => {
    given({});
    sfn.on(ListExecutionsCommand, { statusFilter: 'SUCCEEDED' }).resolves({ executions: [] });

    await expect(watch('06:10')).resolves.toMatchObject({ outcome: 'ignored' });
  });

  it('warns of a load that cannot go on by itself', async () => {
    given({ [RUN]: { status: 'FAILED' } });
    const stats = { FreshStartDate: new Date('2026-11-24T00:10:00.000Z') };
    dms
      .on(DescribeReplicationTasksCommand)
      .resolves({ ReplicationTasks: [{ ...finishedTask, ReplicationTaskStats: stats }] });
    sfn.on(GetExecutionHistoryCommand).resolves({ events: [] });

    await expect(watch('06:10')).resolves.toMatchObject({ told: ['load-orders-2026-11-24-warning'] });
  });

  it.each([
    ['late', '2026-11-23T01:10Z', 'published'],
    ['in time', '2026-11-23T00:15Z', 'ignored'],
  ])('warns by the forecast: %s', async (_, endedAt, outcome) => {
    const [name, times] = [
      '20261123T001000000Z-0123456789ab',
      { startDate: new Date('2026-11-23T00:11Z'), stopDate: new Date(endedAt) },
    ];
    given({ [name]: { ...published, ...times, name } });
    const listed = { executionArn: name, name, startDate: times.startDate } as never;
    sfn.on(ListExecutionsCommand).resolves({ executions: Array(500).fill(listed), nextToken: 'more' });
    const stats = { FreshStartDate: new Date('2026-11-23T00:10:00.000Z') };
    dms
      .on(DescribeReplicationTasksCommand)
      .resolves({ ReplicationTasks: [{ ...finishedTask, ReplicationTaskStats: stats }] });

    await expect(watch('06:10')).resolves.toMatchObject({ outcome });
    // One list of the day's runs, and one of those that succeeded, of which twenty are described.
    expect(sfn.commandCalls(ListExecutionsCommand)).toHaveLength(2);
    expect(sfn.commandCalls(DescribeExecutionCommand).length).toBeLessThanOrEqual(22);
  });

  it('is invoked again for a forecast whose earlier runs cannot be read, and tells a deadline without them', async () => {
    given({});
    sfn
      .on(ListExecutionsCommand, { statusFilter: 'SUCCEEDED' })
      .rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));

    await expect(watch('06:10')).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      message: expect.stringContaining('slow down'),
    });
    await expect(watch('06:30')).resolves.toMatchObject({ told: ['load-orders-2026-11-24-deadline'] });
  });

  it('fails where it could not tell, so that it is invoked again', async () => {
    given({});
    sfn.on(StartExecutionCommand).rejects(new Error('away'));

    await expect(watch('06:30')).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  });
});
