import type { DmsEvent } from '../loads/dms-event.ts';
import { type Message, shorten, toBody, toSubject } from './message.ts';

/** A DMS task, and who waits for its loads. */
export interface WatchedTask {
  readonly arn: string;
  /** Name that pipelines use. */
  readonly identifier: string;
  readonly pipelines: readonly string[];
}

/**
 * The message about a load that failed.
 * @param cause why, as the event says or DMS
 */
export function composeLoadFailure(event: DmsEvent, tasks: readonly WatchedTask[], cause: string): Message {
  const arn = event.resources[0] ?? '';
  const task = tasks.find((candidate) => event.resources.includes(candidate.arn));
  const name = task?.identifier ?? arn.split(':').at(-1) ?? arn;
  return {
    subject: toSubject(`LOAD FAILED: DMS task ${name}`),
    body: toBody([
      `DMS task ${name} has ended with an error at ${event.time}: no run is started for this load.`,
      `Cause: ${shorten(cause === '' ? 'DMS gives none' : cause)}`,
      task && `Waiting for it: ${task.pipelines.join(', ')}`,
      "What to do: see the task's log and repair the cause, then resume or reload the task; its event starts the run.",
      arn,
    ]),
    attributes: { task: name, status: 'LOAD_FAILED' },
  };
}
