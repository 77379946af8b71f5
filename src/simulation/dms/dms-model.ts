import { AwsError } from '../../local/parts.ts';
import { type DmsTask, type DmsTaskState, type LoadedTable, stateOf } from './dms-task.ts';
import { type LoadContext, startLoad } from './run-load.ts';

export interface TaskRequest {
  readonly ReplicationTaskArn: string;
}

export interface StartRequest extends TaskRequest {
  readonly StartReplicationTaskType: string;
}

interface TasksRequest {
  readonly Filters?: readonly { readonly Name: string; readonly Values: readonly string[] }[];
}

/**
 * DescribeReplicationTasks, as on the wire.
 * @param asOf the answer as it was then, epoch milliseconds
 * @throws AwsError ResourceNotFoundFault where no task fits
 */
export function describeTasks(
  tasks: readonly DmsTask[],
  { Filters = [] }: TasksRequest,
  asOf: number,
): object {
  const found = tasks.filter((task) =>
    Filters.every(({ Name, Values }) =>
      Values.includes(Name === 'replication-task-id' ? task.identifier : task.arn),
    ),
  );
  if (found.length === 0) throw new AwsError('ResourceNotFoundFault', 'No Tasks found matching the filters');
  return { ReplicationTasks: found.map((task) => view(task, asOf)) };
}

/** DescribeTableStatistics, as on the wire. @throws AwsError ResourceNotFoundFault */
export function describeTables(tasks: readonly DmsTask[], request: TaskRequest): object {
  return { TableStatistics: find(tasks, request).tables.map(tableView) };
}

/** StartReplicationTask, as on the wire. @throws AwsError ResourceNotFoundFault, InvalidResourceStateFault */
export function startReplication(
  context: LoadContext,
  tasks: readonly DmsTask[],
  request: StartRequest,
): object {
  const task = find(tasks, request);
  const { StartReplicationTaskType: type } = request;
  const hasRun = stateOf(task).startAt !== undefined;
  if (type === 'start-replication' && hasRun) throw stateFault('the task has been started before');
  if (type === 'resume-processing' && !hasRun) throw stateFault('the task has never been started');
  if (!startLoad(context, task, type === 'resume-processing' ? 'resume' : 'reload'))
    throw stateFault('the task runs');
  return { ReplicationTask: view(task, context.clock.now()) };
}

/** StopReplicationTask, as on the wire. @throws AwsError ResourceNotFoundFault, InvalidResourceStateFault */
export function stopReplication(tasks: readonly DmsTask[], request: TaskRequest): object {
  const task = find(tasks, request);
  if (task.run === undefined) throw stateFault('the task does not run');
  task.run.abort(new Error('stopped'));
  return { ReplicationTask: view(task, Number.POSITIVE_INFINITY) };
}

function find(tasks: readonly DmsTask[], { ReplicationTaskArn }: TaskRequest): DmsTask {
  const task = tasks.find(({ arn }) => arn === ReplicationTaskArn);
  if (task !== undefined) return task;
  throw new AwsError('ResourceNotFoundFault', `Replication task ${ReplicationTaskArn} not found.`);
}

function stateFault(reason: string): AwsError {
  return new AwsError('InvalidResourceStateFault', reason);
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

function stats({ tables }: DmsTask, state: DmsTaskState): object {
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
