import { expect, it } from 'vitest';
import type { Clock } from '../../../src/clock.ts';
import { sleepLong } from '../../../src/local/clocks.ts';

it('a pause longer than a timer of the machine holds is cut into several', async () => {
  const slept: number[] = [];
  const clock: Clock = { now: () => 0, sleep: async (ms) => void slept.push(ms) };
  const year = 365 * 24 * 3_600_000;

  await sleepLong(clock, year, new AbortController().signal);

  expect(Math.max(...slept)).toBeLessThan(2 ** 31);
  expect(slept.reduce((sum, ms) => sum + ms, 0)).toBe(year);
});
