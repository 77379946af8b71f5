import type { Clock } from '../../../clock.ts';
import { AwsError } from '../../aws-error.ts';
import type { EventBus, Service, Warehouse } from '../../contracts.ts';
import { describeTable } from './describe-table.ts';
import {
  describeTask,
  INSTANCE_ARN,
  MIGRATION_TYPE,
  SOURCE_ENDPOINT_ARN,
  TARGET_ENDPOINT_ARN,
} from './describe-task.ts';
import { type PageRequest, type PageRules, selectPage } from './filtered-pages.ts';
import { startTask, stopTask } from './start-task.ts';
import { createTask, type TableProgress, type Task, type TaskSpec } from './task.ts';

export interface DmsOptions {
  readonly tasks: readonly TaskSpec[];
  readonly warehouse: Warehouse;
  readonly bus: EventBus;
  readonly clock: Clock;
}

/** The local DMS: full-load tasks that really copy rows between databases of the local warehouse. */
export interface Dms {
  readonly service: Service;
  /** Resolves when no task runs. */
  idle(): Promise<void>;
  /** Stops what runs, without an event, and waits for it. */
  close(): Promise<void>;
}

/** @throws Error where a task's table mappings are not valid */
export function createDms(options: DmsOptions): Dms {
  const nextDate = createDates(options.clock);
  const tasks = options.tasks.map((spec) => createTask(spec, nextDate()));
  let isClosed = false;
  const bus: EventBus = { publish: async (event) => (isClosed ? undefined : options.bus.publish(event)) };
  const context = { warehouse: options.warehouse, bus, nextDate };
  const find = (arn: string): Task => {
    const task = tasks.find((candidate) => candidate.arn === arn);
    if (task) return task;
    throw new AwsError('ResourceNotFoundFault', `Replication task ${arn} not found.`);
  };
  const describe = (task: Task, withoutSettings?: boolean) =>
    describeTask(task, options.clock.now(), withoutSettings);
  const idle = async () => void (await Promise.all(tasks.map((task) => task.run?.ended)));

  return {
    service: {
      name: 'dms',
      json: { targetPrefix: 'AmazonDMSv20160101', version: '1.1' },
      operations: {
        async DescribeReplicationTasks(input: PageRequest & { readonly WithoutSettings?: boolean }) {
          const { items, marker, found } = selectPage(tasks, input, TASK_PAGES);
          if (found === 0 && input.Filters?.length) {
            const filters = input.Filters.map(({ Name, Values }) => `${Name}=${Values.join(',')}`).join('; ');
            throw new AwsError('ResourceNotFoundFault', `No Tasks found matching the filters ${filters}`);
          }
          const ReplicationTasks = items.map((task) => describe(task, input.WithoutSettings));
          return marker === undefined ? { ReplicationTasks } : { ReplicationTasks, Marker: marker };
        },
        async DescribeTableStatistics(input: PageRequest & TaskInput) {
          const task = find(input.ReplicationTaskArn);
          const { items, marker } = selectPage(task.tables, input, TABLE_PAGES);
          const page = { ReplicationTaskArn: task.arn, TableStatistics: items.map(describeTable) };
          return marker === undefined ? page : { ...page, Marker: marker };
        },
        async StartReplicationTask(input: TaskInput & { readonly StartReplicationTaskType: string }) {
          const task = find(input.ReplicationTaskArn);
          startTask(task, input.StartReplicationTaskType, context);
          return { ReplicationTask: describe(task) };
        },
        async StopReplicationTask(input: TaskInput) {
          const task = find(input.ReplicationTaskArn);
          stopTask(task);
          return { ReplicationTask: describe(task) };
        },
      },
    },
    idle,
    async close() {
      isClosed = true;
      for (const task of tasks) task.run?.abort.abort();
      await idle();
    },
  };
}

interface TaskInput {
  readonly ReplicationTaskArn: string;
}

const TASK_PAGES: PageRules<Task> = {
  filters: {
    'replication-task-arn': ({ arn }) => [arn],
    'replication-task-id': ({ spec }) => [spec.identifier],
    'migration-type': () => [MIGRATION_TYPE],
    'endpoint-arn': () => [SOURCE_ENDPOINT_ARN, TARGET_ENDPOINT_ARN],
    'replication-instance-arn': () => [INSTANCE_ARN],
  },
  maxRecords: { low: 20, high: 100 },
};

const TABLE_PAGES: PageRules<TableProgress> = {
  filters: {
    'schema-name': ({ source }) => [source.schema],
    'table-name': ({ source }) => [source.name],
    'table-state': ({ state }) => [state],
  },
  maxRecords: { low: 20, high: 500 },
};

/** Dates of loads must differ even when two of them start within one millisecond: they tell loads apart. */
function createDates(clock: Clock): () => number {
  let last = 0;
  return () => {
    last = Math.max(clock.now(), last + 1);
    return last;
  };
}
