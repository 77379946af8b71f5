import {
  type DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
  type ReplicationTask,
} from '@aws-sdk/client-database-migration-service';
import { ServiceUnavailable } from '../errors/errors.ts';
import { FULL_LOAD_FINISHED } from './dms-event.ts';

/** Anything that sends DMS commands: the SDK's client, or a stand-in with the same `send`. */
export type Dms = Pick<DatabaseMigrationServiceClient, 'send'>;

/** The load that a task's target holds now, as DMS reports it. */
export type CurrentLoad = FinishedLoad | RunningLoad | NoLoad;

export interface FinishedLoad {
  readonly kind: 'finished';
  readonly taskArn: string;
  readonly startedAt: Date;
  /** Absent where DMS does not say. */
  readonly stoppedAt?: Date;
  /** When the target was last emptied: tables that were loaded since belong to the load. */
  readonly freshSince: Date;
  /** As DMS counts them. */
  readonly tables: TableProgress;
}

export interface RunningLoad {
  readonly kind: 'running';
  readonly taskArn: string;
  readonly startedAt: Date;
  readonly reason: string;
}

export interface NoLoad {
  readonly kind: 'none';
  readonly taskArn: string;
  /** Of the load that did not finish; absent where there was none. */
  readonly startedAt?: Date;
  /** Why it did not finish, as DMS says. */
  readonly stopReason?: string;
  readonly reason: string;
}

export interface TableProgress {
  readonly percent: number;
  readonly loaded: number;
  readonly loading: number;
  readonly queued: number;
  readonly errored: number;
}

/**
 * Asks DMS which load a task's target holds.
 * https://docs.aws.amazon.com/dms/latest/APIReference/API_DescribeReplicationTasks.html
 * @throws ServiceUnavailable when DMS does not answer, or not about this task
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
    return finishedLoad(taskArn, startedAt, task);
  }
  const stopReason = task.StopReason ?? task.LastFailureMessage ?? 'no stop reason is given';
  const reason = `the task's last load has not finished: ${task.Status}, ${stopReason}`;
  return { kind: 'none', taskArn, startedAt, stopReason, reason };
}

function finishedLoad(
  taskArn: string,
  startedAt: Date,
  { ReplicationTaskStats: stats }: ReplicationTask,
): FinishedLoad {
  return {
    kind: 'finished',
    taskArn,
    startedAt,
    freshSince: stats?.FreshStartDate ?? startedAt,
    ...(stats?.StopDate === undefined ? {} : { stoppedAt: stats.StopDate }),
    tables: {
      percent: stats?.FullLoadProgressPercent ?? 0,
      loaded: stats?.TablesLoaded ?? 0,
      loading: stats?.TablesLoading ?? 0,
      queued: stats?.TablesQueued ?? 0,
      errored: stats?.TablesErrored ?? 0,
    },
  };
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
    throw new ServiceUnavailable(`DMS did not say which load ${taskArn} has: ${String(error)}`, {
      cause: error,
    });
  }
}

/** A fresh start and a reload move FreshStartDate, a fresh start and a resume move StartDate: the later one counts. */
function loadStart({ ReplicationTaskStats: stats }: ReplicationTask): Date | undefined {
  const dates = [stats?.FreshStartDate, stats?.StartDate];
  const times = dates.flatMap((date) => (date === undefined ? [] : [date.getTime()]));
  return times.length === 0 ? undefined : new Date(Math.max(...times));
}
