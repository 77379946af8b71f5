import type { FailureClass } from '../../steps/failure-class.ts';

/** Seconds before another attempt: doubled each time. Half of each pause is random. */
const FIRST_PAUSE_SECONDS = 4;
const LONGEST_PAUSE_SECONDS = 300;

/** A warehouse that restarts or resumes takes minutes, and so does the rotation of a secret. */
const SLOW_TO_PASS: readonly FailureClass[] = ['unavailable', 'login'];
const SLOW_FIRST_PAUSE_SECONDS = 60;

/**
 * Seconds until a statement is submitted again.
 * @param retries attempts that were tried again before this one
 * @param chance 0 up to, not including, 1
 */
export function pauseSeconds(failure: FailureClass, retries: number, chance: number): number {
  const first = SLOW_TO_PASS.includes(failure) ? SLOW_FIRST_PAUSE_SECONDS : FIRST_PAUSE_SECONDS;
  const longest = Math.min(LONGEST_PAUSE_SECONDS, first * 2 ** retries);
  return Math.ceil(longest * (0.5 + chance / 2));
}
