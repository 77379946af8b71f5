import type { CurrentLoad, FinishedLoad } from '../loads/current-load.ts';

/** Whether the loads of a pipeline's tasks can be taken to production together. */
export type LoadSet =
  | { readonly kind: 'ready'; readonly loads: readonly FinishedLoad[] }
  /** Some loads have finished, others are missing. The event of the last one starts the run. */
  | {
      readonly kind: 'waiting';
      readonly reason: string;
      /** When the last of the waiting loads ended. */
      readonly since: Date;
    }
  | { readonly kind: 'none'; readonly reason: string };

const HOUR_MS = 3_600_000;

/**
 * Decides whether the loads of all tasks of a pipeline can be run together.
 * @param windowHours hours within which they must have been started to belong together
 * @param lastRun start of each task's load in the pipeline's last run, by task ARN, ISO 8601
 */
export function judgeLoadSet(
  loads: readonly CurrentLoad[],
  windowHours: number,
  lastRun: Readonly<Record<string, string>>,
): LoadSet {
  const finished = loads.filter((load) => load.kind === 'finished');
  const missing = loads.filter((load) => load.kind !== 'finished');
  const isUsed = ({ taskArn, startedAt }: FinishedLoad) =>
    startedAt.getTime() <= Date.parse(lastRun[taskArn] ?? '');
  const fresh = finished.filter((load) => !isUsed(load));
  if (missing.length > 0) {
    const reason = missing.map((load) => `${load.taskArn}: ${load.reason}`).join('; ');
    if (fresh.length === 0) return { kind: 'none', reason: `there is no finished load to run: ${reason}` };
    return waiting(fresh, `not every task has a finished load: ${reason}`);
  }
  // If no load is fresh, it is the set of the last run again, and has the same name.
  if (fresh.length > 0 && fresh.length < finished.length) {
    const used = finished.filter(isUsed).map(({ taskArn }) => taskArn);
    return waiting(fresh, `these tasks have not loaded again since the last run: ${used.join(', ')}`);
  }
  const starts = finished.map(({ startedAt }) => startedAt.getTime());
  if (Math.max(...starts) - Math.min(...starts) > windowHours * HOUR_MS) {
    return waiting(fresh, `the loads were not started within ${windowHours} hours of each other`);
  }
  return { kind: 'ready', loads: finished };
}

function waiting(fresh: readonly FinishedLoad[], reason: string): LoadSet {
  const ends = fresh.map(({ stoppedAt, startedAt }) => (stoppedAt ?? startedAt).getTime());
  return { kind: 'waiting', reason, since: new Date(Math.max(0, ...ends)) };
}
