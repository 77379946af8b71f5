import { describe, expect, it } from 'vitest';
import type { OutgoingEvent, Warehouse } from '../../../../src/local/contracts.ts';
import { createDmsService } from '../../../../src/local/services/dms/create-dms.ts';
import { createManualClock } from '../../../fixtures/manual-clock.ts';

const MAPPINGS = {
  rules: [
    {
      'rule-type': 'selection',
      'rule-id': '1',
      'rule-action': 'include',
      'object-locator': { 'schema-name': '%', 'table-name': '%' },
    },
  ],
};

const ARN = 'arn:aws:dms:us-east-1:000000000000:task:T';

interface TaskView {
  readonly Status: string;
  readonly ReplicationTaskStats: {
    readonly FreshStartDate: number;
    readonly StartDate: number;
    readonly StopDate: number;
  };
}

/** A task whose source cannot be reached, on a clock that stands still. */
function createFrozenDms() {
  const events: OutgoingEvent[] = [];
  const unreachable = {
    connection() {
      throw new Error('the source is down');
    },
  };
  const dms = createDmsService({
    tasks: [{ identifier: 't', tableMappings: MAPPINGS }],
    warehouse: unreachable as unknown as Warehouse,
    bus: { publish: async (event) => void events.push(event) },
    clock: createManualClock(),
  });
  const operations = dms.service.operations as unknown as Record<string, (input: object) => Promise<object>>;
  const start = (type: string) =>
    operations.StartReplicationTask?.({ ReplicationTaskArn: ARN, StartReplicationTaskType: type });
  const describeTask = async () => {
    const answer = (await operations.DescribeReplicationTasks?.({})) as {
      readonly ReplicationTasks: [TaskView];
    };
    return answer.ReplicationTasks[0];
  };
  const run = async (type: string) => {
    await start(type);
    await dms.idle();
    return describeTask();
  };
  return { dms, events, start, run };
}

describe('the dates of loads', () => {
  it('differ even within one millisecond', async () => {
    const { run } = createFrozenDms();

    const first = (await run('start-replication')).ReplicationTaskStats;
    const resumed = (await run('resume-processing')).ReplicationTaskStats;
    const reloaded = (await run('reload-target')).ReplicationTaskStats;

    expect(first.FreshStartDate).toBe(first.StartDate);
    expect(resumed.StartDate).toBeGreaterThan(first.StopDate);
    expect(resumed.FreshStartDate).toBe(first.FreshStartDate);
    expect(reloaded.FreshStartDate).toBeGreaterThan(resumed.StopDate);
    expect(reloaded.StartDate).toBe(resumed.StartDate);
  });

  it('are both there after a first start by reload-target', async () => {
    const { run } = createFrozenDms();

    const { FreshStartDate, StartDate } = (await run('reload-target')).ReplicationTaskStats;

    expect(StartDate).toBe(FreshStartDate);
  });
});

describe('starting a task', () => {
  it('answers while it is starting, and lets the task fail later', async () => {
    const { dms, start, events } = createFrozenDms();

    await expect(start('start-replication')).resolves.toMatchObject({
      ReplicationTask: { Status: 'starting' },
    });
    await dms.idle();

    expect(events.map(({ detail }) => detail.eventType)).toEqual([
      'REPLICATION_TASK_STARTED',
      'REPLICATION_TASK_FAILED',
    ]);
  });

  it('is refused for a kind of start that does not exist', async () => {
    await expect(createFrozenDms().start('restart')).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });
});

describe('closing the service', () => {
  it('announces nothing any more', async () => {
    const { dms, start, events } = createFrozenDms();
    await start('start-replication');

    await dms.close();

    expect(events.map(({ detail }) => detail.eventType)).not.toContain('REPLICATION_TASK_FAILED');
  });
});
