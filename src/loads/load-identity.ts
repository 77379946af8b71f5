import { hash } from 'node:crypto';

/** A finished full load of a pipeline's tasks, as the states of a run pass it on. */
export interface Load {
  /** ID of the load. It sorts by time, and it is the name of the execution that processes the load. */
  readonly id: string;
  /** When the load was started, ISO 8601 in UTC with milliseconds. */
  readonly startedAt: string;
  readonly tasks: readonly LoadedTask[];
}

export interface LoadedTask {
  readonly identifier: string;
  readonly arn: string;
  /** ISO 8601 in UTC with milliseconds. */
  readonly startedAt: string;
}

/**
 * Names a load after what DMS reports: the latest start of its tasks, and a hash of all tasks and their starts.
 * Event, sweep and person come to the same name.
 */
export function identifyLoad(tasks: readonly LoadedTask[]): Load {
  const sorted = tasks.toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
  const startedAt =
    tasks
      .map((task) => task.startedAt)
      .toSorted()
      .at(-1) ?? '';
  const digest = hash('sha256', sorted.map((task) => `${task.arn} ${task.startedAt}`).join('\n'));
  return { id: `${compactTime(startedAt)}-${digest.slice(0, 12)}`, startedAt, tasks: sorted };
}

/** `2026-11-24T13:05:09.123Z` as `20261124T130509123Z`: Step Functions allows no colons in names. */
function compactTime(iso: string): string {
  return iso.replaceAll(/[-:.]/g, '');
}

/** When a load was started, epoch milliseconds, by its ID or the name of one of its runs; undefined for another text. */
export function loadStartOf(id: string): number | undefined {
  const iso = id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-.*$/, '$1-$2-$3T$4:$5:$6.$7Z');
  const time = iso === id ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) ? undefined : time;
}
