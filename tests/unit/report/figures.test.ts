import fc from 'fast-check';
import { expect, it } from 'vitest';
import { count, groupDigits } from '../../../src/count.ts';
import { clockText, durationText, shortCountText } from '../../../src/report/figures.ts';

it.each([
  [0, '0 s'],
  [-5, '0 s'],
  [0.2, '1 ms'],
  [20, '20 ms'],
  [100, '0.1 s'],
  [800, '0.8 s'],
  [9949, '9.9 s'],
  [9950, '10 s'],
  [14_200, '14 s'],
  [59_499, '59 s'],
  [59_500, '1 min'],
  [200_000, '3 min 20 s'],
  [3_599_499, '59 min 59 s'],
  [3_599_500, '1 h'],
  [7_500_000, '2 h 05 min'],
  [86_399_999, '1 d'],
  [273_600_000, '3 d 04 h'],
])('a duration of %d ms reads %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

it('no part of a duration is as large as the next unit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 10 }), (ms) => {
      const text = durationText(ms);

      expect(text).not.toMatch(/\b(?:[6-9]\d|\d{3,}) (?:s|min)\b/);
      expect(text).not.toMatch(/\b(?:2[4-9]|[3-9]\d) h\b/);
    }),
  );
});

it('numbers are grouped, and nouns follow them', () => {
  expect(groupDigits(1_234_567)).toBe('1,234,567');
  expect(shortCountText(1_236_001)).toBe('1.24M');
  expect(count(1, 'row')).toBe('1 row');
  expect(count(1200, 'row')).toBe('1,200 rows');
});

it('a time says its day where that is another one', () => {
  const day = Date.UTC(2026, 11, 1, 23, 59, 58);

  expect(clockText(day, day)).toBe('23:59:58');
  expect(clockText(day + 3000, day)).toBe('2 Dec 00:00:01');
});
