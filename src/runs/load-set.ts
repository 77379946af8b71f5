import type { CurrentLoad, FinishedLoad } from '../loads/current-load.ts';

/** Whether the loads of a pipeline's tasks can be taken to production together. */
export type LoadSet =
  | { readonly kind: 'ready'; readonly loads: readonly FinishedLoad[] }
  /** Some are there, others are not yet: the last one's event starts the run. */
  | { readonly kind: 'waiting'; readonly reason: string }
  | { readonly kind: 'none'; readonly reason: string };

const HOUR_MS = 3_600_000;

/**
 * Decides over the loads of all of a pipeline's tasks.
 * @param windowHours in which they must have been started to belong together
 * @param lastRun start of the load of each task that the pipeline's last run was about, by ARN, ISO 8601
 */
export function judgeLoadSet(
  loads: readonly CurrentLoad[],
  windowHours: number,
  lastRun: Readonly<Record<string, string>>,
): LoadSet {
  const finished = loads.filter((load) => load.kind === 'finished');
  const missing = loads.filter((load) => load.kind !== 'finished');
  if (missing.length > 0) {
    const reason = missing.map((load) => `${load.taskArn}: ${load.reason}`).join('; ');
    return finished.length === 0 || loads.length === 1
      ? { kind: 'none', reason: `there is no finished load to run: ${reason}` }
      : { kind: 'waiting', reason: `not every task has a finished load: ${reason}` };
  }
  if (loads.length > 1) {
    const used = finished.filter(
      ({ taskArn, startedAt }) => startedAt.toISOString() <= (lastRun[taskArn] ?? ''),
    );
    // All of them used is the same set again: its name says so.
    if (used.length > 0 && used.length < finished.length) {
      return {
        kind: 'waiting',
        reason: `not loaded anew since the last run: ${used.map(({ taskArn }) => taskArn).join(', ')}`,
      };
    }
    const starts = finished.map(({ startedAt }) => startedAt.getTime());
    if (Math.max(...starts) - Math.min(...starts) > windowHours * HOUR_MS) {
      return {
        kind: 'waiting',
        reason: `the loads were not started within ${windowHours} hours of each other`,
      };
    }
  }
  return { kind: 'ready', loads: finished };
}
