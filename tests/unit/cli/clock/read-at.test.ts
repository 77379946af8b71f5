import { describe, expect, it } from 'vitest';
import { readAt } from '../../../../src/cli/clock/read-at.ts';
import { moveSystemClock, systemClock } from '../../../../src/clock.ts';

const NOW = Date.parse('2026-11-24T23:30Z');
const read = (text: string) => new Date(readAt(text, 'Europe/Berlin', NOW)).toISOString().slice(0, 16);

describe('--at', () => {
  it('is a time of today where the deadlines are, or a whole time', () => {
    expect(read('06:29')).toBe('2026-11-25T05:29');
    expect(read('2026-03-29T02:29')).toBe('2026-03-29T01:00');
    expect(read('2026-03-29T02:29Z')).toBe('2026-03-29T02:29');
    expect(read('2026-03-29T02:29-05:00')).toBe('2026-03-29T07:29');
  });

  it.each(['6:29', '24:00', '2026-02-30T06:00', 'now', ''])('is not %j', (text) => {
    expect(() => read(text)).toThrow('must be a time like 06:29');
  });

  it('moves the clock, which goes on from there', () => {
    const before = Date.now();
    moveSystemClock(3_600_000);

    expect(systemClock.now() - before).toBeGreaterThanOrEqual(3_600_000);
    expect(systemClock.now() - before).toBeLessThan(3_700_000);

    moveSystemClock(0);
    expect(systemClock.now() - Date.now()).toBeLessThan(1000);
  });
});
