import { arnName } from '../arn.ts';
import type { DmsEvent } from '../loads/dms-event.ts';
import type { LoadOutcome } from './load-outcome.ts';
import { type Message, shorten, toBody, toSubject } from './message.ts';

/** A DMS task, and who waits for its loads. */
export interface WatchedTask {
  readonly arn: string;
  /** Name that pipelines use. */
  readonly identifier: string;
  readonly pipelines: readonly string[];
}

/** The task that an event is about; one that is not watched has its name from its ARN. */
export function findTask(tasks: readonly WatchedTask[], { resources }: DmsEvent): WatchedTask {
  const [arn = ''] = resources;
  const known = tasks.find((candidate) => resources.includes(candidate.arn));
  return known ?? { arn, identifier: arnName(arn), pipelines: [] };
}

const ENDS = {
  failed: {
    subject: 'LOAD FAILED',
    status: 'LOAD_FAILED',
    words: 'has ended with an error',
    advice:
      "see the task's log and repair the cause, then resume or reload the task; its event starts the run. If DMS starts the task again by itself, the end of that load starts it.",
  },
  stopped: {
    subject: 'LOAD STOPPED',
    status: 'LOAD_STOPPED',
    words: 'has stopped without a finished full load',
    advice: 'nothing, if that was meant; otherwise resume or reload the task: its event starts the run.',
  },
} as const;

/** The message about a load of which no run is started. */
export function composeLoadEnd(
  event: DmsEvent,
  { arn, identifier, pipelines }: WatchedTask,
  { kind, reason }: Exclude<LoadOutcome, { kind: 'fine' }>,
): Message {
  const { subject, status, words, advice } = ENDS[kind];
  return {
    subject: toSubject(`${subject}: DMS task ${identifier}`),
    body: toBody([
      `DMS task ${identifier} ${words} at ${event.time}: no run is started for this load.`,
      `Cause: ${shorten(reason)}`,
      pipelines.length === 0 ? undefined : `Waiting for it: ${pipelines.join(', ')}`,
      `What to do: ${advice}`,
      arn,
    ]),
    attributes: { task: identifier, status },
  };
}
