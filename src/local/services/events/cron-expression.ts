import type { Schedule } from './schedule-expression.ts';

/** One field of a cron expression: which numbers it allows. */
interface FieldRange {
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const FIELDS: readonly FieldRange[] = [
  { low: 0, high: 59 },
  { low: 0, high: 23 },
  { low: 1, high: 31 },
  { low: 1, high: 12, names: MONTHS },
  { low: 1, high: 7, names: WEEKDAYS },
  { low: 1970, high: 2199 },
];
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Leap days and weekdays repeat within this many days. */
const SEARCH_DAYS = 366 * 28;

/**
 * Reads the six fields of an AWS cron expression: minute, hour, day of month, month, day of week (1 = Sunday), year, in UTC.
 * Numbers, names, `*`, `?`, lists, ranges and steps; the letters L, W and # are not supported.
 */
export function parseCron(content: string): Schedule | undefined {
  const texts = content.split(/ +/);
  const sets = texts.map((text, index) => allowedNumbers(text, FIELDS[index]));
  if (texts.length !== FIELDS.length || sets.includes(undefined)) return undefined;
  const oneDayField = (texts[2] === '?') !== (texts[4] === '?');
  if (!oneDayField) return undefined;
  const allowed = sets as readonly ReadonlySet<number>[];
  return { next: (after) => nextTime(allowed, after) };
}

function nextTime(allowed: readonly ReadonlySet<number>[], after: number): number | undefined {
  const first = Math.floor(after / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  const firstDay = Math.floor(first / DAY_MS) * DAY_MS;
  for (let day = firstDay; day < firstDay + SEARCH_DAYS * DAY_MS; day += DAY_MS) {
    if (!dayAllowed(allowed, new Date(day))) continue;
    for (let time = Math.max(day, first); time < day + DAY_MS; time += MINUTE_MS) {
      const date = new Date(time);
      if (allowed[0]?.has(date.getUTCMinutes()) && allowed[1]?.has(date.getUTCHours())) return time;
    }
  }
  return undefined;
}

function dayAllowed(
  [, , days, months, weekdays, years]: readonly ReadonlySet<number>[],
  date: Date,
): boolean {
  return Boolean(
    days?.has(date.getUTCDate()) &&
      months?.has(date.getUTCMonth() + 1) &&
      weekdays?.has(date.getUTCDay() + 1) &&
      years?.has(date.getUTCFullYear()),
  );
}

function allowedNumbers(text: string, range: FieldRange | undefined): ReadonlySet<number> | undefined {
  if (!range) return undefined;
  const numbers = new Set<number>();
  for (const part of text.split(',')) {
    const [low, high, step] = parsePart(part, range);
    if (!(low >= range.low && high <= range.high && low <= high && step >= 1)) return undefined;
    for (let number = low; number <= high; number += step) numbers.add(number);
  }
  return numbers;
}

/** `*`, `a`, `a-b`, each with an optional `/step`; NaN where it is none of these. */
function parsePart(part: string, range: FieldRange): readonly [number, number, number] {
  const [span = '', stepText, ...rest] = part.split('/');
  const step =
    stepText === undefined ? 1 : /^\d+$/.test(stepText) && rest.length === 0 ? Number(stepText) : Number.NaN;
  if (span === '*' || span === '?') return [range.low, range.high, step];
  const [from = '', to, ...more] = span.split('-');
  const low = parseNumber(from, range);
  const high = to === undefined ? (stepText === undefined ? low : range.high) : parseNumber(to, range);
  return [low, more.length > 0 ? Number.NaN : high, step];
}

function parseNumber(text: string, range: FieldRange): number {
  const named = range.names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return named + range.low;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
