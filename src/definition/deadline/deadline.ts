import * as z from 'zod';
import { count } from '../../count.ts';
import { isTimezone } from './local-time.ts';

/** What a user writes: when the load of a day must be published. */
export interface DeadlineDefinition {
  /** `HH:MM`, 24 hours, on the clocks of the timezone. */
  readonly at: string;
  /** IANA name: `Europe/Berlin`. */
  readonly timezone: string;
  /** `MON-FRI`, or `MON,WED,SUN`, or both forms together. @default every day */
  readonly days?: string;
  /** Minutes before the deadline at which a load is warned of that will probably be late. @default no warning @maximum 720 */
  readonly warnMinutes?: number;
  /** A load belongs to the day's deadline if it was started at most so many hours before it. @default 12 @minimum 1 @maximum 24 */
  readonly loadHours?: number;
}

/** A deadline that has been checked. */
export interface Deadline {
  readonly at: string;
  readonly timezone: string;
  readonly days: readonly Weekday[];
  readonly warnMinutes?: number | undefined;
  readonly loadHours: number;
}

/** A deadline in a line: what `npm run plan` shows and compares. */
export function describeDeadline({ at, timezone, days, warnMinutes, loadHours }: Deadline): string {
  const warned =
    warnMinutes === undefined ? 'no warning' : `warned of ${count(warnMinutes, 'minute')} before`;
  const when = days.length === WEEKDAYS.length ? 'every day' : days.join(', ');
  return `${at} ${timezone}, ${when}; ${warned}; loads of the last ${count(loadHours, 'hour')} count`;
}

export const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const DEFAULT_LOAD_HOURS = 12;

const DaysSchema = z.string().transform((text, context) => {
  const days = readDays(text);
  if (days !== undefined) return days;
  context.addIssue('must be days like MON-FRI or MON,WED,SUN');
  return z.NEVER;
});

export const DeadlineSchema = z.strictObject({
  at: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 06:30, from 00:00 to 23:59'),
  timezone: z
    .string()
    .refine(isTimezone, 'must be the IANA name of a timezone, like Europe/Berlin or America/New_York'),
  days: DaysSchema.default(WEEKDAYS),
  warnMinutes: z.int().min(1).max(720).optional(),
  loadHours: z.number().min(1).max(24).default(DEFAULT_LOAD_HOURS),
});

/** The weekdays that a text names, in the week's order; undefined for what names none. A range may pass the end of a week. */
export function readDays(text: string): readonly Weekday[] | undefined {
  const named = new Set<number>();
  for (const part of text.split(',')) {
    const [first = '', last = first, ...more] = part.split('-').map((day) => day.trim());
    const [from, to] = [first, last].map((day) => WEEKDAYS.indexOf(day as Weekday));
    if (more.length > 0 || from === undefined || to === undefined || from < 0 || to < 0) return undefined;
    for (let day = from; ; day = (day + 1) % WEEKDAYS.length) {
      named.add(day);
      if (day === to) break;
    }
  }
  return WEEKDAYS.filter((_, index) => named.has(index));
}
