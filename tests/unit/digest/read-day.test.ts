import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deadline } from '../../../src/definition/deadline/deadline.ts';
import { DigestTimeSchema } from '../../../src/definition/deadline/digest-time.ts';
import { addDays } from '../../../src/definition/deadline/local-time.ts';
import { spanOfDigest } from '../../../src/digest/read-day.ts';

const HOUR_MS = 3_600_000;
const at = (text: string): Deadline => DigestTimeSchema.parse(text);
const hours = (text: string, day: string) => {
  const { from, to } = spanOfDigest(at(text), day);
  return (to - from) / HOUR_MS;
};

describe('the time of the digest', () => {
  it.each(['07:00', '7:00 Europe/Berlin', '07:00 Berlin', '07:00 +01:00', '07:00 Europe/Berlin daily', ''])(
    'is not %j',
    (text) => {
      expect(DigestTimeSchema.safeParse(text).error?.issues).toMatchObject([
        { message: 'must be a time and the IANA name of its timezone, like 07:00 Europe/Berlin' },
      ]);
    },
  );
});

describe('the day that a digest tells of', () => {
  it('ends five minutes before the digest, so that the list of runs has what ended', () => {
    expect(spanOfDigest(at('07:00 Europe/Berlin'), '2026-12-01')).toEqual({
      from: Date.parse('2026-11-30T05:55Z'),
      to: Date.parse('2026-12-01T05:55Z'),
    });
  });

  it('has 23 or 25 hours where the clocks change', () => {
    expect(hours('07:00 Europe/Berlin', '2026-03-29')).toBe(23);
    expect(hours('07:00 Europe/Berlin', '2026-10-25')).toBe(25);
    expect(hours('07:00 Europe/Berlin', '2026-10-26')).toBe(24);
  });

  it('begins where the one before has ended, whenever that is', () => {
    const times = fc.tuple(
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC', 'Pacific/Apia'),
    );
    const days = fc.integer({ min: 0, max: 400 }).map((number) => addDays('2026-01-01', number));
    fc.assert(
      fc.property(times, days, ([hour, minute, timezone], day) => {
        const two = (number: number) => String(number).padStart(2, '0');
        const time = at(`${two(hour)}:${two(minute)} ${timezone}`);

        expect(spanOfDigest(time, addDays(day, 1)).from).toBe(spanOfDigest(time, day).to);
      }),
    );
  });
});
