import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Deadline, readDays, WEEKDAYS } from '../../../../src/definition/deadline/deadline.ts';
import { dayOfLoad, deadlineOn, findDue } from '../../../../src/definition/deadline/deadline-days.ts';
import { deadlineMinutes } from '../../../../src/definition/deadline/deadline-minutes.ts';
import { definePipeline } from '../../../../src/definition/define-pipeline.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const deadline: Deadline = {
  ...{ at: '06:30', timezone: 'Europe/Berlin', warnMinutes: 20, loadHours: 12 },
  days: ['MON', 'TUE', 'WED', 'THU', 'FRI'],
};
const at = (iso: string) => Date.parse(iso);

const define = (given: object) =>
  definePipeline({
    ...{ name: 'a', tasks: ['b'], stagedTables: ['c.d'], steps: { E: { call: 'f.g' } } },
    deadline: { at: '06:30', timezone: 'Europe/Berlin', ...given },
  });

describe('a deadline', () => {
  it('is every day, for loads of the twelve hours before it, if nothing else is said', () => {
    expect(define({}).deadline).toEqual({
      ...{ at: '06:30', timezone: 'Europe/Berlin', loadHours: 12 },
      days: WEEKDAYS,
    });
  });

  it.each([
    [{ at: '6:30' }, 'deadline.at: must be a time like 06:30'],
    [{ at: '24:00' }, 'deadline.at: must be a time like 06:30'],
    [{ timezone: 'Mars/Olympus' }, 'deadline.timezone: must be the IANA name of a timezone'],
    [{ days: 'MO-FR' }, 'deadline.days: must be days like MON-FRI or MON,WED,SUN'],
    [{ warnMinutes: 0 }, 'deadline.warnMinutes:'],
    [{ warnMinute: 5 }, 'deadline'],
  ])('is refused by its field: %o', (given, message) => {
    expect(() => define(given)).toThrow(message);
  });

  it.each([
    ['MON-FRI', 'MON,TUE,WED,THU,FRI'],
    ['MON,WED,SUN', 'SUN,MON,WED'],
    ['FRI-MON', 'SUN,MON,FRI,SAT'],
    ['MON-WED, SAT', 'MON,TUE,WED,SAT'],
    ['SUN', 'SUN'],
  ])('has the days of %s', (text, days) => {
    expect(readDays(text)?.join(',')).toBe(days);
  });

  it('has no moment on other days', () => {
    expect(deadlineOn(deadline, '2026-11-22')).toBeUndefined();
    expect(deadlineOn(deadline, '2026-11-23')?.at).toBe(at('2026-11-23T05:30Z'));
  });

  it('is due once it has come; a warning only before it', () => {
    const kinds = (from: string, to: string) =>
      findDue(deadline, at(from), at(to)).map(({ kind, day }) => `${kind} ${day.day}`);

    expect(kinds('2026-11-24T05:00Z', '2026-11-24T05:09Z')).toEqual([]);
    expect(kinds('2026-11-24T05:00Z', '2026-11-24T05:10Z')).toEqual(['warning 2026-11-24']);
    expect(kinds('2026-11-24T05:00Z', '2026-11-24T05:30Z')).toEqual(['deadline 2026-11-24']);
    expect(kinds('2026-11-24T05:30Z', '2026-11-24T06:30Z')).toEqual([]);
  });

  it('belongs to the loads of the hours before it, up to those of the next day', () => {
    const dayOf = (iso: string) => dayOfLoad(deadline, at(iso))?.day;

    expect(dayOf('2026-11-23T17:29Z')).toBe('2026-11-23');
    expect(dayOf('2026-11-23T17:30Z')).toBe('2026-11-24');
    expect(dayOf('2026-11-24T06:00Z')).toBe('2026-11-24');
    expect(dayOf('2026-11-28T02:00Z')).toBeUndefined();
  });

  it('has every load in one day, and every moment among the minutes that are scheduled', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 24 * 60 - 1 }),
        fc.integer({ min: at('2026-01-02T00:00Z'), max: at('2035-12-30T00:00Z') }),
        (timezone, minute, time) => {
          const clock = new Date(minute * MINUTE_MS).toISOString().slice(11, 16);
          const every: Deadline = { at: clock, timezone, days: WEEKDAYS, warnMinutes: 30, loadHours: 12 };
          const day = dayOfLoad(every, time);

          expect(day).toBeDefined();
          expect(Math.abs((day?.at ?? 0) - time)).toBeLessThanOrEqual(14 * HOUR_MS);
          const minutes = deadlineMinutes(every);
          for (const due of [day?.at ?? 0, day?.warnAt ?? 0])
            expect(minutes).toContain((due / MINUTE_MS) % (24 * 60));
        },
      ),
      { numRuns: 8 },
    );
  });
});
