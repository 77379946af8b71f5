import { type DmsEvent, TASK_FAILED } from '../loads/dms-event.ts';
import { type Message, shorten, toBody, toSubject } from './message.ts';

/** A DMS task, and who waits for its loads. */
export interface WatchedTask {
  readonly arn: string;
  /** Name that pipelines use. */
  readonly identifier: string;
  readonly pipelines: readonly string[];
}

/** Stop reasons that are errors; the others are somebody's wish. https://docs.aws.amazon.com/dms/latest/APIReference/API_ReplicationTask.html */
const ERROR_REASONS = [
  'RECOVERABLE_ERROR',
  'FATAL_ERROR',
  'EXPRESS_LICENSE_LIMITS_REACHED',
  'STOPPED_DUE_TO_LOW_MEMORY',
  'STOPPED_DUE_TO_LOW_DISK',
];

/** The message about a load that failed, or undefined for an event that tells of no failure. */
export function composeLoadFailure(event: DmsEvent, tasks: readonly WatchedTask[]): Message | undefined {
  const { eventType, detailMessage = '' } = event.detail;
  const isFailure =
    eventType === TASK_FAILED || ERROR_REASONS.some((reason) => detailMessage.includes(reason));
  if (!isFailure) return undefined;
  const arn = event.resources[0] ?? '';
  const task = tasks.find((candidate) => event.resources.includes(candidate.arn));
  const name = task?.identifier ?? arn.split(':').at(-1) ?? arn;
  return {
    subject: toSubject(`LOAD FAILED: DMS task ${name}`),
    body: toBody([
      `DMS task ${name} has ended with an error at ${event.time}: no run is started for this load.`,
      `Cause: ${shorten(detailMessage === '' ? 'DMS gives none' : detailMessage)}`,
      task && `Waiting for it: ${task.pipelines.join(', ')}`,
      "What to do: see the task's log and repair the cause, then resume or reload the task; its event starts the run.",
      arn,
    ]),
    attributes: { task: name, status: 'LOAD_FAILED' },
  };
}
