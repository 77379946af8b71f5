import { AwsError } from '../../aws-error.ts';
import { changeTaskSettings } from './settings/task-settings.ts';
import type { Task } from './task.ts';

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
