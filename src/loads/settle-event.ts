import type { CurrentLoad } from './current-load.ts';

/** What DMS's answer means for an event that says a task has stopped. */
export type EventMeaning =
  /** The answer is about the load of the event, or no load is shown that matters. */
  | { readonly kind: 'settled' }
  /** The event is about a load that is no longer the current one. */
  | { readonly kind: 'stale'; readonly reason: string }
  /** The answer is older than the event: DMS must be asked again. */
  | { readonly kind: 'late'; readonly reason: string };

/** Events carry whole seconds. */
const EVENT_RESOLUTION_MS = 1_000;

/**
 * An event comes within this time after the stop. If the stop that DMS shows is older, DMS still shows an earlier
 * load.
 */
const STOP_TO_EVENT_MS = 5 * 60_000;

/**
 * Compares an event's time with DMS's answer. The answer can lag behind the event. It is too old when it shows
 * "running" for a load that began before the event, or "finished" long before it.
 * @param eventTime ISO 8601
 */
export function settleEvent(load: CurrentLoad, eventTime: string): EventMeaning {
  const time = Date.parse(eventTime);
  if (load.startedAt === undefined) return { kind: 'settled' };
  if (time + EVENT_RESOLUTION_MS <= load.startedAt.getTime()) {
    const since = load.startedAt.toISOString();
    return {
      kind: 'stale',
      reason: `the event of ${eventTime} is about an earlier load; the current one began ${since}`,
    };
  }
  if (load.kind === 'running') {
    return {
      kind: 'late',
      reason: `DMS shows ${load.taskArn} as running, but an event of ${eventTime} says it stopped`,
    };
  }
  const { stoppedAt, startedAt } = load;
  // A task that has failed may still show when it stopped before.
  if (stoppedAt !== undefined && stoppedAt >= startedAt && time - stoppedAt.getTime() > STOP_TO_EVENT_MS) {
    const stopped = stoppedAt.toISOString();
    return {
      kind: 'late',
      reason: `DMS says ${load.taskArn} stopped ${stopped}, but an event says that it stopped ${eventTime}`,
    };
  }
  return { kind: 'settled' };
}
