import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  clockAt,
  dayAt,
  isTimezone,
  momentOf,
} from '../../../../src/definition/deadline/local-time.ts';

const utc = (day: string, at: string, timezone: string) =>
  new Date(momentOf(day, at, timezone)).toISOString().slice(0, 16);

const MINUTE_MS = 60_000;
const TIMEZONES = [
  ...['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Africa/Casablanca'],
  ...['Asia/Kathmandu', 'Pacific/Apia', 'America/St_Johns', 'Atlantic/Azores', 'UTC'],
];
const zone = fc.constantFrom(...TIMEZONES);
const day = fc.integer({ min: 0, max: 365 * 20 }).map((days) => addDays('2010-01-01', days));
const time = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minute) => new Date(minute * MINUTE_MS).toISOString().slice(11, 16));

describe('the moment of a local time', () => {
  it.each([
    ['2026-11-24', '06:30', 'Europe/Berlin', '2026-11-24T05:30'],
    ['2026-07-24', '06:30', 'Europe/Berlin', '2026-07-24T04:30'],
    // The clocks are put forward from 02:00 to 03:00: 02:30 does not exist.
    ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:00'],
    ['2026-03-29', '03:00', 'Europe/Berlin', '2026-03-29T01:00'],
    ['2026-03-29', '01:59', 'Europe/Berlin', '2026-03-29T00:59'],
    // They are put back from 03:00 to 02:00: 02:30 exists twice.
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30'],
    ['2026-10-25', '03:00', 'Europe/Berlin', '2026-10-25T02:00'],
    ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:00'],
    ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30'],
    // Half an hour.
    ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:30'],
    ['2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-04T14:45'],
    // Midnight itself does not exist.
    ['2026-09-06', '00:00', 'America/Santiago', '2026-09-06T04:00'],
    // A whole day does not exist.
    ['2011-12-30', '12:00', 'Pacific/Apia', '2011-12-30T10:00'],
  ])('%s %s in %s is %s', (on, at, timezone, expected) => {
    expect(utc(on, at, timezone)).toBe(expected);
  });

  it('is the first moment at which the clocks show that time, or have passed it', () => {
    fc.assert(
      fc.property(zone, day, time, (timezone, on, at) => {
        const moment = momentOf(on, at, timezone);
        const shown = (ms: number) => `${dayAt(ms, timezone)} ${clockAt(ms, timezone)}`;

        expect(shown(moment) >= `${on} ${at}`).toBe(true);
        // Between this moment and 26 hours before it, the clocks have never shown the time or a later one.
        for (let before = 1; before <= 26 * 60; before += before < 130 ? 1 : 30)
          expect(shown(moment - before * MINUTE_MS) < `${on} ${at}`).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('follows the order of days', () => {
    fc.assert(
      fc.property(zone, day, time, (timezone, on, at) => {
        const [first, second] = [momentOf(on, at, timezone), momentOf(addDays(on, 1), at, timezone)];
        expect(second).toBeGreaterThanOrEqual(first);
        expect(second - first).toBeLessThanOrEqual(48 * 60 * MINUTE_MS);
      }),
      { numRuns: 300 },
    );
  });
});

it('a timezone is known by its name, and an offset is none', () => {
  expect(['Europe/Berlin', 'UTC', 'Mars/Olympus', '+02:00', ''].map(isTimezone)).toEqual([
    ...[true, true],
    ...[false, false, false],
  ]);
});
