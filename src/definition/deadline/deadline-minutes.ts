import type { Deadline } from './deadline.ts';
import { addDays, momentOf } from './local-time.ts';

const MINUTE_MS = 60_000;
const MINUTES_A_DAY = 24 * 60;

/** Every day of these years is looked at: all offsets of today's timezones are among them, and all days on which they change. */
const FROM = '2025-12-31';
const TO = '2029-01-02';

/** Minutes of the day in UTC at which a warning or deadline may come, over the year. */
export function deadlineMinutes({ at, timezone, warnMinutes }: Deadline): readonly number[] {
  const found = new Set<number>();
  for (let day = FROM; day <= TO; day = addDays(day, 1)) {
    const minute = Math.floor(momentOf(day, at, timezone) / MINUTE_MS);
    found.add(minute % MINUTES_A_DAY);
    if (warnMinutes !== undefined) found.add((minute - warnMinutes) % MINUTES_A_DAY);
  }
  return [...found];
}
