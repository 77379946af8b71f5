import { arnName } from '../arn.ts';
import type { DmsEvent } from '../loads/dms-event.ts';
import type { LoadOutcome } from './load-outcome.ts';
import { type Message, shorten, toBody, toSubject } from './message.ts';

/** A DMS task, and the pipelines that wait for its loads. */
export interface WatchedTask {
  readonly arn: string;
  /** Name that pipelines use. */
  readonly identifier: string;
  readonly pipelines: readonly string[];
}

/** The task of an event. A task that no pipeline uses gets its name from its ARN. */
export function findTask(tasks: readonly WatchedTask[], { resources }: DmsEvent): WatchedTask {
  const [arn = ''] = resources;
  const known = tasks.find((candidate) => resources.includes(candidate.arn));
  return known ?? { arn, identifier: arnName(arn), pipelines: [] };
}

const ENDS = {
  failed: {
    subject: 'LOAD FAILED',
    status: 'LOAD_FAILED',
    words: 'ended with an error',
    advice:
      "Read the task's log and repair the cause. Then resume or reload the task: when the load ends, its run starts. If DMS starts the task again by itself, the run starts when that load ends.",
  },
  stopped: {
    subject: 'LOAD STOPPED',
    status: 'LOAD_STOPPED',
    words: 'stopped without a finished full load',
    advice:
      'Nothing, if the stop was meant. Otherwise resume or reload the task: when the load ends, its run starts.',
  },
} as const;

/** The message about a load for which no run is started. */
export function composeLoadEnd(
  event: DmsEvent,
  { arn, identifier, pipelines }: WatchedTask,
  { kind, reason }: Exclude<LoadOutcome, { kind: 'fine' }>,
): Message {
  const { subject, status, words, advice } = ENDS[kind];
  return {
    subject: toSubject(`${subject}: DMS task ${identifier}`),
    body: toBody([
      `DMS task ${identifier} ${words} at ${event.time}. No run is started for this load.`,
      `Cause: ${shorten(reason)}`,
      pipelines.length === 0 ? undefined : `Pipelines that wait for it: ${pipelines.join(', ')}`,
      `What to do: ${advice}`,
      arn,
    ]),
    attributes: { task: identifier, status },
  };
}
