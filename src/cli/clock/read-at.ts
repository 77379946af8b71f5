import { InvalidArgumentError } from 'commander';
import { addDays, dayAt, momentOf } from '../../definition/deadline/local-time.ts';
import type { Pipeline } from '../../definition/pipeline.ts';

/**
 * The moment that `--at` names: `06:29` today, on the clocks of the pipelines' deadlines, or a whole time like `2026-03-29T02:29`
 * there. With `Z` or an offset behind it, the time says itself what it means.
 * @param now epoch milliseconds
 * @returns epoch milliseconds
 * @throws InvalidArgumentError for another text
 */
export function readAt(text: string, timezone: string, now: number): number {
  const [, day = dayAt(now, timezone), at = '', offset] =
    /^(?:(\d{4}-\d\d-\d\d)T)?([01]\d:[0-5]\d|2[0-3]:[0-5]\d)(?::\d\d)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  const isDay = at !== '' && !Number.isNaN(Date.parse(day)) && addDays(day, 0) === day;
  if (!isDay) throw new InvalidArgumentError('must be a time like 06:29 or 2026-03-29T02:29.');
  return offset === undefined ? momentOf(day, at, timezone) : Date.parse(`${day}T${at}${offset}`);
}

/** The timezone of the first deadline, or the machine's own where there is none. */
export function timezoneOf(pipelines: readonly Pipeline[]): string {
  const [deadline] = pipelines.flatMap((pipeline) => pipeline.deadline ?? []);
  return deadline?.timezone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
