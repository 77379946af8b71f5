import { createHash } from 'node:crypto';

/**
 * The 32 quantiles of a lognormal distribution (sigma 1), median 20: most steps are short, some take ten times as long.
 * Whole numbers, so that sums are exact and every machine compiles the same.
 */
const DURATIONS = [
  2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 21, 22, 24, 26, 29, 31, 34, 37, 41, 46, 52, 59, 68,
  83, 107, 172,
];

/**
 * Durations that a step may have in 64 possible loads. Nobody says how long steps take, so a schedule is tried on
 * these. They depend on the step's name alone, so other steps do not change them.
 */
export function sampleDurations(step: string): Float64Array {
  const draws = createHash('sha512').update(step).digest();
  return Float64Array.from(draws, (draw) => DURATIONS[draw % DURATIONS.length] as number);
}
