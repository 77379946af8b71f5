import { type DmsTask, type LoadedTable, stateOf, type TaskState } from './dms-task.ts';

/**
 * DescribeReplicationTasks, as on the wire.
 * @param asOf the answer as it was then, epoch milliseconds
 */
export function describeTasks(
  tasks: readonly DmsTask[],
  { Filters = [] }: { readonly Filters?: readonly { readonly Values: readonly string[] }[] },
  asOf: number,
): object {
  const wanted = Filters.flatMap(({ Values }) => Values);
  return {
    ReplicationTasks: tasks.filter(({ arn }) => wanted.includes(arn)).map((task) => view(task, asOf)),
  };
}

/** DescribeTableStatistics, as on the wire. */
export function describeTables(
  tasks: readonly DmsTask[],
  { ReplicationTaskArn }: { readonly ReplicationTaskArn: string },
): object {
  const task = tasks.find(({ arn }) => arn === ReplicationTaskArn);
  return { TableStatistics: (task?.tables ?? []).map(tableView) };
}

function view(task: DmsTask, asOf: number): object {
  const state = task.course.findLast(({ at }) => at <= asOf)?.state ?? stateOf(task);
  return {
    ReplicationTaskIdentifier: task.identifier,
    ReplicationTaskArn: task.arn,
    MigrationType: task.identifier === 'task-c' ? 'full-load-and-cdc' : 'full-load',
    Status: state.status,
    ...(state.stopReason === undefined ? {} : { StopReason: state.stopReason }),
    ...(state.startAt === undefined ? {} : { ReplicationTaskStats: stats(task, state) }),
  };
}

function stats({ tables }: DmsTask, state: TaskState): object {
  const count = (...states: readonly LoadedTable['state'][]) =>
    tables.filter((table) => states.includes(table.state)).length;
  const isOver = state.status === 'stopped' || state.status === 'failed';
  return {
    FullLoadProgressPercent: isOver ? 100 : 50,
    // As in every sample of a stopped task that AWS publishes.
    TablesLoaded: isOver ? 0 : count('Table completed'),
    TablesLoading: count('Full load'),
    TablesQueued: count('Before load'),
    TablesErrored: count('Table error'),
    ...seconds('FreshStartDate', state.freshAt),
    ...seconds('StartDate', state.startAt),
    ...seconds('StopDate', state.stopAt),
    ...seconds('FullLoadStartDate', state.fullLoadAt),
  };
}

function tableView({ name, state, rows, endedAt }: LoadedTable): object {
  return {
    SchemaName: 'source',
    TableName: name,
    TableState: state,
    FullLoadRows: rows,
    ...seconds('FullLoadEndTime', endedAt),
  };
}

function seconds(member: string, ms: number | undefined): object {
  return ms === undefined ? {} : { [member]: ms / 1000 };
}
