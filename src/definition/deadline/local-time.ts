/** Local time: what clocks show in a timezone. Intl knows the offsets of all timezones, and when they change. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const formats = new Map<string, Intl.DateTimeFormat>();
/** Of local times that were asked for: few days, each many times. */
const moments = new Map<string, number>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known =
    formats.get(timezone) ??
    new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: timezone, hourCycle: 'h23', era: 'short' },
      ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
    });
  formats.set(timezone, known);
  return known;
}

/** Whether Intl knows a timezone of this name. An offset is no timezone: it does not know the change of the clocks. */
export function isTimezone(name: string): boolean {
  try {
    return formatOf(name).resolvedOptions().timeZone !== '' && !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/** What the clocks show at a moment, as if it were UTC: epoch milliseconds, whole seconds. */
function shownAt(time: number, timezone: string): number {
  const parts = new Map(
    formatOf(timezone)
      .formatToParts(time)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = (
    ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
  ).map((type) => parts.get(type));
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** How far the clocks are ahead of UTC at a moment, milliseconds. */
function offsetAt(time: number, timezone: string): number {
  return shownAt(time, timezone) - Math.floor(time / 1000) * 1000;
}

/** The day at a moment: `2026-03-29`. */
export function dayAt(time: number, timezone: string): string {
  return new Date(shownAt(time, timezone)).toISOString().slice(0, 10);
}

/** What the clocks show at a moment: `06:30`. */
export function clockAt(time: number, timezone: string): string {
  return new Date(shownAt(time, timezone)).toISOString().slice(11, 16);
}

/** The day that is a number of days after another. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Offsets range from -12 to +14 hours, and the longest gap was a day: all that may hold at a local time lies within. */
const WINDOW_HOURS = [-38, -26, -14, -8, -2, 0, 2, 8, 14, 26, 38];

/**
 * The moment at which the clocks of a timezone show a time on a day. A time that exists twice, because the clocks were put back,
 * is the first of the two. A time that does not exist, because they were put forward, is the first moment after the gap.
 * @param day `2026-03-29`
 * @param at `02:30`
 * @returns epoch milliseconds
 */
export function momentOf(day: string, at: string, timezone: string): number {
  const key = `${day} ${at} ${timezone}`;
  const moment = moments.get(key) ?? findMoment(day, at, timezone);
  moments.set(key, moment);
  return moment;
}

function findMoment(day: string, at: string, timezone: string): number {
  const shown = Date.parse(`${day}T${at}Z`);
  const offsets = [...new Set(WINDOW_HOURS.map((hours) => offsetAt(shown + hours * HOUR_MS, timezone)))];
  const candidates = offsets.map((offset) => shown - offset).toSorted((a, b) => a - b);
  const exact = candidates.find((time) => shownAt(time, timezone) === shown);
  return exact ?? firstAfter(shown, timezone, candidates);
}

/** The first moment at which the clocks show more than a time that they never show. @param candidates moments around it */
function firstAfter(shown: number, timezone: string, candidates: readonly number[]): number {
  let before = (candidates[0] ?? shown) - DAY_MS;
  let after = (candidates.at(-1) ?? shown) + DAY_MS;
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (shownAt(middle, timezone) < shown) before = middle;
    else after = middle;
  }
  return after;
}
