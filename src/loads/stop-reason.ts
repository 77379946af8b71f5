/**
 * What the stop of a task means.
 * - `finished`: the full load is over, and is run
 * - `failure`: the load ended with an error; a message is sent
 * - `wish`: somebody stopped the task, or set when it stops, before a full load was over; a message is sent
 * - `restart`: DMS stops the task and starts it again by itself; a message is sent if it does not
 */
export type StopMeaning = 'finished' | 'failure' | 'wish' | 'restart';

/** Every stop reason that DMS documents, without its `Stop Reason `. https://docs.aws.amazon.com/dms/latest/APIReference/API_ReplicationTask.html */
export const STOP_REASONS = {
  FULL_LOAD_ONLY_FINISHED: 'finished',
  // For tasks that would replicate changes after the full load, and are set to stop before they do.
  STOPPED_AFTER_FULL_LOAD: 'finished',
  STOPPED_AFTER_CACHED_EVENTS: 'finished',
  RECOVERABLE_ERROR: 'failure',
  FATAL_ERROR: 'failure',
  EXPRESS_LICENSE_LIMITS_REACHED: 'failure',
  STOPPED_DUE_TO_LOW_MEMORY: 'failure',
  STOPPED_DUE_TO_LOW_DISK: 'failure',
  NORMAL: 'wish',
  // The replication of changes reached the point where it was set to stop. No full load has ended then.
  STOPPED_AFTER_DDL_APPLY: 'wish',
  STOPPED_AT_SERVER_TIME: 'wish',
  STOPPED_AT_COMMIT_TIME: 'wish',
  RECONFIGURATION_RESTART: 'restart',
  RECYCLE_TASK: 'restart',
} as const satisfies Readonly<Record<string, StopMeaning>>;
export type StopReason = keyof typeof STOP_REASONS;

const NAMES = Object.keys(STOP_REASONS) as readonly StopReason[];

/**
 * The stop reason that a text of DMS names: an event's message or StopReason. Undefined when it names none, or an
 * unknown one.
 */
export function findStopReason(text: string): StopReason | undefined {
  return NAMES.find((name) => new RegExp(`\\b${name}\\b`).test(text));
}

/** What a text of DMS says about a stop; undefined when it says nothing that is known. */
export function readStop(text: string): StopMeaning | undefined {
  const reason = findStopReason(text);
  return reason && STOP_REASONS[reason];
}
