import type { Clock } from '../../../clock.ts';
import { AwsError } from '../../aws-error.ts';
import { type ModifyInput, modifyTask, startTask, stopTask } from './change-task.ts';
import type { Connections } from './connections.ts';
import {
  INSTANCE_ARN,
  MIGRATION_TYPE,
  SOURCE_ENDPOINT_ARN,
  TARGET_ENDPOINT_ARN,
  tableDescription,
  taskDescription,
} from './describe-task.ts';
import { type FilteredPageRequest, type FilteredPageRules, selectPage } from './filtered-pages.ts';
import type { RunContext, TableProgress, Task } from './task.ts';

interface TaskInput {
  readonly ReplicationTaskArn: string;
}
interface StartInput extends TaskInput {
  readonly StartReplicationTaskType: string;
}
interface DescribeTasksInput extends FilteredPageRequest {
  readonly WithoutSettings?: boolean;
}

/** The operations of the service. */
export function createTaskOperations(
  tasks: readonly Task[],
  connections: Connections,
  context: RunContext,
  clock: Clock,
) {
  const find = (arn: string): Task => {
    const task = tasks.find((candidate) => candidate.arn === arn);
    if (task) return task;
    throw new AwsError('ResourceNotFoundFault', `Replication task ${arn} not found.`);
  };
  return {
    ...connections.operations,
    DescribeReplicationTasks: async (input: DescribeTasksInput) => describeTasks(tasks, input, clock.now()),
    async DescribeTableStatistics(input: FilteredPageRequest & TaskInput) {
      const task = find(input.ReplicationTaskArn);
      const { items, marker } = selectPage(task.tables, input, TABLE_PAGES);
      const page = { ReplicationTaskArn: task.arn, TableStatistics: items.map(tableDescription) };
      return marker === undefined ? page : { ...page, Marker: marker };
    },
    async ModifyReplicationTask(input: ModifyInput) {
      const task = find(input.ReplicationTaskArn);
      modifyTask(task, input);
      return { ReplicationTask: taskDescription(task, clock.now()) };
    },
    async StartReplicationTask(input: StartInput) {
      const task = find(input.ReplicationTaskArn);
      connections.requireSuccessful();
      startTask(task, input.StartReplicationTaskType, context);
      return { ReplicationTask: taskDescription(task, clock.now()) };
    },
    async StopReplicationTask(input: TaskInput) {
      const task = find(input.ReplicationTaskArn);
      stopTask(task);
      return { ReplicationTask: taskDescription(task, clock.now()) };
    },
  };
}

function describeTasks(tasks: readonly Task[], input: DescribeTasksInput, now: number): object {
  const { items, marker, found } = selectPage(tasks, input, TASK_PAGES);
  if (found === 0 && input.Filters?.length) {
    const filters = input.Filters.map(({ Name, Values }) => `${Name}=${Values.join(',')}`).join('; ');
    throw new AwsError('ResourceNotFoundFault', `No Tasks found matching the filters ${filters}`);
  }
  const ReplicationTasks = items.map((task) => taskDescription(task, now, input.WithoutSettings));
  return marker === undefined ? { ReplicationTasks } : { ReplicationTasks, Marker: marker };
}

const TASK_PAGES: FilteredPageRules<Task> = {
  filters: {
    'replication-task-arn': ({ arn }) => [arn],
    'replication-task-id': ({ spec }) => [spec.identifier],
    'migration-type': () => [MIGRATION_TYPE],
    'endpoint-arn': () => [SOURCE_ENDPOINT_ARN, TARGET_ENDPOINT_ARN],
    'replication-instance-arn': () => [INSTANCE_ARN],
  },
  maxRecords: { low: 20, high: 100 },
};

const TABLE_PAGES: FilteredPageRules<TableProgress> = {
  filters: {
    'schema-name': ({ from }) => [from.table.schema],
    'table-name': ({ from }) => [from.table.name],
    'table-state': ({ state }) => [state],
  },
  maxRecords: { low: 20, high: 500 },
};
