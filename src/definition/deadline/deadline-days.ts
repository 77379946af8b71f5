import { type Deadline, WEEKDAYS } from './deadline.ts';
import { addDays, dayAt, momentOf } from './local-time.ts';

/** A deadline on one day. All times are epoch milliseconds. */
export interface DeadlineDay {
  /** In the deadline's timezone: `2026-03-29`. */
  readonly day: string;
  /** The deadline itself. */
  readonly at: number;
  /** When a load that will probably be late is warned of; absent where the deadline has no warning. */
  readonly warnAt?: number;
  /** The day's loads were started from this moment on … */
  readonly loadsFrom: number;
  /** … and before this one, from which on they are those of the next day. */
  readonly loadsBefore: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Days of a timezone begin up to 14 hours before those of UTC; loads belong to a day up to 24 hours before its deadline. */
const DAYS_AROUND = 2;

/** A deadline on a day, or undefined if the day has none. */
export function deadlineOn(deadline: Deadline, day: string): DeadlineDay | undefined {
  const weekday = WEEKDAYS[new Date(`${day}T00:00Z`).getUTCDay()];
  if (weekday === undefined || !deadline.days.includes(weekday)) return undefined;
  const { timezone, warnMinutes, loadHours } = deadline;
  const at = momentOf(day, deadline.at, timezone);
  const loadsFrom = at - loadHours * HOUR_MS;
  return {
    ...{ day, at, loadsFrom },
    loadsBefore: momentOf(addDays(day, 1), deadline.at, timezone) - loadHours * HOUR_MS,
    ...(warnMinutes === undefined ? {} : { warnAt: at - warnMinutes * MINUTE_MS }),
  };
}

/** The days around a time span that have a deadline, in order. */
function daysAround(deadline: Deadline, from: number, to: number): readonly DeadlineDay[] {
  const found: DeadlineDay[] = [];
  const last = addDays(dayAt(to, deadline.timezone), DAYS_AROUND);
  for (let day = addDays(dayAt(from, deadline.timezone), -DAYS_AROUND); day <= last; day = addDays(day, 1)) {
    const known = deadlineOn(deadline, day);
    if (known !== undefined) found.push(known);
  }
  return found;
}

/** What is due. */
export interface DueMessage {
  readonly kind: 'warning' | 'deadline';
  readonly day: DeadlineDay;
}

/** Warnings and deadlines that have come after `from` and not after `to`. A warning whose deadline has come is none. */
export function findDue(deadline: Deadline, from: number, to: number): readonly DueMessage[] {
  const isDue = (time: number | undefined) => time !== undefined && time > from && time <= to;
  return daysAround(deadline, from, to).flatMap((day): readonly DueMessage[] => {
    if (isDue(day.at)) return [{ kind: 'deadline', day }];
    return isDue(day.warnAt) && day.at > to ? [{ kind: 'warning', day }] : [];
  });
}

/** The day to whose deadline a load belongs, by its start; undefined for a load of a day without one. */
export function dayOfLoad(deadline: Deadline, startedAt: number): DeadlineDay | undefined {
  return daysAround(deadline, startedAt, startedAt).find(
    ({ loadsFrom, loadsBefore }) => startedAt >= loadsFrom && startedAt < loadsBefore,
  );
}
