import type { ReplicationTask } from '@aws-sdk/client-database-migration-service';
import { type Dms, describeTask, type TaskName } from './describe-task.ts';
import { readStop } from './stop-reason.ts';
import { readStatus } from './task-status.ts';

/** The load that a task's target holds now, as DMS reports it. */
export type CurrentLoad = FinishedLoad | RunningLoad | NoLoad;

export interface FinishedLoad {
  readonly kind: 'finished';
  readonly taskArn: string;
  readonly startedAt: Date;
  /** Absent where DMS does not say. */
  readonly stoppedAt?: Date;
  /** When the target was last emptied. Tables that were loaded after that belong to the load. */
  readonly freshSince: Date;
  /** Whether changes that came during the load were left out: staging then holds exactly what the full load copied. */
  readonly isWithoutChanges: boolean;
  /** Tables that DMS counts as not loaded. Its other counters are zero once a task has stopped. */
  readonly erroredTables: number;
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
  /** When the load that did not finish was started; absent if there was none, or if DMS does not show it. */
  readonly startedAt?: Date;
  /** When that load ended. */
  readonly stoppedAt?: Date;
  /** Why it did not finish, as DMS says. */
  readonly stopReason?: string;
  /**
   * DMS does not show the load, because the task is being changed, or was changed and not started since. The target
   * is unchanged.
   */
  readonly isHidden: boolean;
  readonly reason: string;
}

/**
 * Asks DMS which load a task's target holds.
 * @throws ServiceUnavailable when DMS does not answer
 * @throws InvalidConfig when DMS refuses, or does not have the task
 */
export async function describeCurrentLoad(dms: Dms, name: TaskName): Promise<CurrentLoad> {
  const task = await describeTask(dms, name);
  const taskArn = name.arn;
  const startedAt = loadStart(task);
  const status = readStatus(task.Status);
  if (status === 'hidden') return hiddenLoad(taskArn, startedAt, task);
  if (startedAt === undefined)
    return { kind: 'none', taskArn, isHidden: true, reason: 'the task was never started' };
  if (status === 'loading') return { kind: 'running', taskArn, startedAt, reason: reasonOfRunning(task) };
  return endedLoad(taskArn, startedAt, task);
}

function hiddenLoad(taskArn: string, startedAt: Date | undefined, { Status }: ReplicationTask): NoLoad {
  const reason =
    Status === 'ready'
      ? 'the task was never started, or was modified and not started since: DMS shows no load of it'
      : `the task is ${Status}: DMS does not show its load`;
  return { kind: 'none', taskArn, ...(startedAt && { startedAt }), isHidden: true, reason };
}

function reasonOfRunning({ Status, MigrationType, ReplicationTaskStats: stats }: ReplicationTask): string {
  const isOn = MigrationType === 'full-load-and-cdc' && stats?.FullLoadProgressPercent === 100;
  return isOn && Status === 'running'
    ? `the task has finished its full load and goes on with changes (migration type ${MigrationType}). Its load is run only when the task stops: set StopTaskCachedChangesApplied in its settings`
    : `the task is ${Status ?? 'in an unknown state'}`;
}

function endedLoad(taskArn: string, startedAt: Date, task: ReplicationTask): FinishedLoad | NoLoad {
  const { Status, StopReason, LastFailureMessage, MigrationType, ReplicationTaskStats: stats } = task;
  const ended = { taskArn, startedAt, ...(stats?.StopDate && { stoppedAt: stats.StopDate }) };
  const isFinished = Status === 'stopped' && readStop(StopReason ?? '') === 'finished';
  if (isFinished && MigrationType !== 'cdc') {
    return {
      kind: 'finished',
      ...ended,
      freshSince: stats?.FreshStartDate ?? startedAt,
      isWithoutChanges: MigrationType === 'full-load' || StopReason?.includes(CHANGES_LEFT_OUT) === true,
      erroredTables: stats?.TablesErrored ?? 0,
    };
  }
  const stopReason = StopReason ?? LastFailureMessage ?? 'DMS gives no stop reason';
  const reason =
    MigrationType === 'cdc'
      ? 'the task has no full load: it replicates changes only (migration type cdc)'
      : `the task's last load did not finish: ${Status}, ${stopReason}`;
  return { kind: 'none', ...ended, stopReason, isHidden: false, reason };
}

const CHANGES_LEFT_OUT = 'STOPPED_AFTER_FULL_LOAD';

/**
 * When the load was started: the later of two dates. A fresh start and a reload set FreshStartDate; a fresh start and
 * a resume set StartDate.
 */
function loadStart({ ReplicationTaskStats: stats }: ReplicationTask): Date | undefined {
  const dates = [stats?.FreshStartDate, stats?.StartDate];
  const times = dates.flatMap((date) => (date === undefined ? [] : [date.getTime()]));
  return times.length === 0 ? undefined : new Date(Math.max(...times));
}
