import { AwsError } from '../../aws-error.ts';
import type { RunContext, Task } from './task.ts';
import { runReplicationTask, type StartMode } from './task-run.ts';
import { changeTaskSettings } from './task-settings.ts';

export const START_TYPES = ['start-replication', 'resume-processing', 'reload-target'] as const;
export type StartType = (typeof START_TYPES)[number];

/**
 * Starts a task and returns at once; the task is then `starting`.
 * @throws AwsError InvalidResourceStateFault where the task runs or this kind of start is not possible
 * @see https://docs.aws.amazon.com/dms/latest/APIReference/API_StartReplicationTask.html
 */
export function startTask(task: Task, type: string, context: RunContext): void {
  const startType = requireStartType(type);
  requireStartable(task, startType);
  moveDates(task, startType, context.nextDate());
  task.status = 'starting';
  delete task.stopReason;
  delete task.lastFailureMessage;
  const mode: StartMode = startType === 'resume-processing' ? 'resume' : 'fresh';
  if (mode === 'fresh') task.tables = [];
  const abort = new AbortController();
  const ended = Promise.resolve()
    .then(() => runReplicationTask(task, mode, abort, context))
    .finally(() => delete task.run);
  task.run = { abort, ended };
}

/**
 * Tells a running task to stop; it is then `stopping`, and `stopped` when its copies have ended.
 * @throws AwsError InvalidResourceStateFault
 */
export function stopTask(task: Task): void {
  if (!task.run || task.status === 'stopping') {
    throw stateFault(
      `Replication Task ${task.spec.identifier} cannot be stopped while it is in ${task.status} state`,
    );
  }
  task.status = 'stopping';
  task.run.abort.abort();
}

function requireStartType(type: string): StartType {
  const known = START_TYPES.find((startType) => startType === type);
  if (known) return known;
  throw new AwsError(
    'InvalidParameterValueException',
    `StartReplicationTaskType must be one of ${START_TYPES.join(', ')}, not ${type}`,
  );
}

function requireStartable(task: Task, type: StartType): void {
  if (task.run) {
    throw stateFault(
      `Replication Task ${task.spec.identifier} cannot be started while it is in ${task.status} state`,
    );
  }
  const hasRun = task.startedAt !== undefined;
  if (type === 'start-replication' && hasRun) {
    throw stateFault('Start Type : START_REPLICATION, valid only for tasks running for the first time');
  }
  if (type === 'resume-processing' && !hasRun) {
    throw stateFault('Start Type : RESUME_PROCESSING, valid only for tasks that have run before');
  }
}

/** A reload moves FreshStartDate and not StartDate, a resume the other one; a first start moves both. */
function moveDates(task: Task, type: StartType, now: number): void {
  const isFirst = task.startedAt === undefined;
  task.startedAt = now;
  if (isFirst || type !== 'resume-processing') task.freshStartAt = now;
  if (isFirst || type !== 'reload-target') task.startAt = now;
}

function stateFault(message: string): AwsError {
  return new AwsError('InvalidResourceStateFault', message);
}

export interface ModifyInput {
  readonly ReplicationTaskArn: string;
  readonly ReplicationTaskSettings?: string;
}

/**
 * Changes a task's settings: those that are given, the others stay. The task is then `ready`, and shows no load until it is started.
 * @throws AwsError InvalidResourceStateFault where the task runs, InvalidParameterValueException for settings that are not valid and
 *   for whatever else is to be changed
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.Modifying.html
 */
export function modifyTask(task: Task, input: ModifyInput): void {
  const { ReplicationTaskArn: _, ReplicationTaskSettings: text, ...others } = input;
  const [unsupported] = Object.keys(others);
  if (unsupported !== undefined)
    throw invalid(`${unsupported} is not supported by the local DMS: ReplicationTaskSettings is`);
  if (task.run) {
    throw new AwsError(
      'InvalidResourceStateFault',
      `Replication Task ${task.spec.identifier} cannot be modified while it is in ${task.status} state`,
    );
  }
  if (text !== undefined) task.settings = changed(task, text);
  task.status = 'ready';
  task.tables = [];
  delete task.stopReason;
  delete task.lastFailureMessage;
}

function changed({ settings }: Task, text: string): Task['settings'] {
  try {
    return changeTaskSettings(settings, JSON.parse(text));
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
