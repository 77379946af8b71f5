import {
  type DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
  type ReplicationTask,
} from '@aws-sdk/client-database-migration-service';
import { LoadUnsettled } from '../errors.ts';
import { FULL_LOAD_FINISHED } from './dms-event.ts';

/** Anything that sends DMS commands: the SDK's client, or a stand-in with the same `send`. */
export type Dms = Pick<DatabaseMigrationServiceClient, 'send'>;

/** The load that a task's target holds now, as DMS reports it. */
export type CurrentLoad =
  | { readonly kind: 'finished'; readonly taskArn: string; readonly startedAt: Date }
  | { readonly kind: 'running'; readonly taskArn: string; readonly startedAt: Date; readonly reason: string }
  | { readonly kind: 'none'; readonly taskArn: string; readonly reason: string };

/**
 * Asks DMS which load a task's target holds.
 * https://docs.aws.amazon.com/dms/latest/APIReference/API_DescribeReplicationTasks.html
 * @throws LoadUnsettled when DMS does not answer, or not about this task
 */
export async function describeCurrentLoad(dms: Dms, taskArn: string): Promise<CurrentLoad> {
  const task = await describeTask(dms, taskArn);
  const startedAt = loadStart(task);
  if (startedAt === undefined) return { kind: 'none', taskArn, reason: 'the task has never been started' };
  if (task.Status !== 'stopped' && task.Status !== 'failed') {
    return {
      kind: 'running',
      taskArn,
      startedAt,
      reason: `the task is ${task.Status ?? 'in an unknown state'}`,
    };
  }
  if (task.Status === 'stopped' && task.StopReason?.includes(FULL_LOAD_FINISHED)) {
    return { kind: 'finished', taskArn, startedAt };
  }
  const why = task.StopReason ?? task.LastFailureMessage ?? 'no stop reason is given';
  return { kind: 'none', taskArn, reason: `the task's last load has not finished: ${task.Status}, ${why}` };
}

async function describeTask(dms: Dms, taskArn: string): Promise<ReplicationTask> {
  const filter = { Name: 'replication-task-arn', Values: [taskArn] };
  try {
    const command = new DescribeReplicationTasksCommand({ Filters: [filter], WithoutSettings: true });
    const { ReplicationTasks: tasks = [] } = await dms.send(command);
    const task = tasks.find((candidate) => candidate.ReplicationTaskArn === taskArn);
    if (task === undefined) throw new TypeError('the answer does not hold the task');
    return task;
  } catch (error) {
    throw new LoadUnsettled(`DMS did not say which load ${taskArn} has: ${String(error)}`, { cause: error });
  }
}

/** A fresh start and a reload move FreshStartDate, a fresh start and a resume move StartDate: the later one counts. */
function loadStart({
  ReplicationTaskStats: stats,
  ReplicationTaskStartDate,
}: ReplicationTask): Date | undefined {
  const dates = [stats?.FreshStartDate, stats?.StartDate, ReplicationTaskStartDate];
  const times = dates.flatMap((date) => (date === undefined ? [] : [date.getTime()]));
  return times.length === 0 ? undefined : new Date(Math.max(...times));
}
