const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });
const dated = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const shortDated = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** `1.2M`, for where there is little room. */
export const shortCountText = (count: number): string => compact.format(count);

/** A duration as people read it: `40 ms`, `0.8 s`, `14 s`, `3 min 20 s`, `2 h 05 min`, `3 d 04 h`. @param ms milliseconds */
export function durationText(ms: number): string {
  if (ms <= 0) return '0 s';
  if (ms < 100) return `${Math.max(1, Math.round(ms))} ms`;
  if (ms < 9950) return `${(ms / SECOND).toFixed(1)} s`;
  if (ms < MINUTE - SECOND / 2) return `${Math.round(ms / SECOND)} s`;
  if (ms < HOUR - SECOND / 2) return pairText(Math.round(ms / SECOND), 60, 'min', 's');
  if (ms < DAY - MINUTE / 2) return pairText(Math.round(ms / MINUTE), 60, 'h', 'min');
  return pairText(Math.round(ms / HOUR), 24, 'd', 'h');
}

function pairText(amount: number, size: number, large: string, small: string): string {
  const rest = amount % size;
  const head = `${Math.floor(amount / size)} ${large}`;
  return rest === 0 ? head : `${head} ${String(rest).padStart(2, '0')} ${small}`;
}

/** `1 December 2026`, in UTC. */
export const dateText = (at: number): string => dated.format(at);

/** `1 Dec`, in UTC. */
export const shortDateText = (at: number): string => shortDated.format(at);

/** `02:10:03`, in UTC; on another day than that of `day`, `2 Dec 02:10:03`. @param withTenths whether parts of a second are told */
export function clockText(at: number, day: number, withTenths = false): string {
  const time = new Date(at).toISOString().slice(11, at % SECOND === 0 || !withTenths ? 19 : 21);
  return Math.floor(at / DAY) === Math.floor(day / DAY) ? time : `${shortDateText(at)} ${time}`;
}
