import { describe, expect, it } from 'vitest';
import { pauseSeconds } from '../../../../src/statements/failure/pause.ts';

describe('pauseSeconds', () => {
  it('doubles, up to five minutes, the second half by chance', () => {
    expect([0, 1, 2, 3].map((retries) => pauseSeconds('conflict', retries, 0))).toEqual([2, 4, 8, 16]);
    expect(pauseSeconds('conflict', 0, 0.99)).toBe(4);
    expect(pauseSeconds('conflict', 19, 0.99)).toBe(299);
  });

  it('leaves a warehouse that restarts, resumes or changes its secret minutes', () => {
    expect([0, 1, 2].map((retries) => pauseSeconds('unavailable', retries, 0))).toEqual([30, 60, 120]);
    expect(pauseSeconds('login', 0, 0)).toBe(30);
  });
});
