import type { Clock } from '../clock.ts';
import { awsErrorName } from './transient-error.ts';

/** What a call that waits for its admission must know. */
export interface Admission {
  readonly clock: Clock;
  /** 0 up to, not including, 1. */
  random(): number;
  /** Milliseconds that the invocation has left. */
  remainingMs(): number;
}

/** Errors of a quota that is used up. */
const FULL: ReadonlySet<string> = new Set(['ThrottlingException', 'ActiveStatementsExceededException']);

/** Milliseconds of the first pause, and of the longest; each is shortened by up to a half. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;

/**
 * Makes a call again for as long as AWS takes no more calls now, until `reserveMs` of the invocation are left. If the state
 * were retried instead, it would make its other calls again, too, and so use the quota for what is known.
 * @throws Error of the last call
 */
export async function untilAdmitted<Answer>(
  { clock, random, remainingMs }: Admission,
  reserveMs: number,
  send: () => Promise<Answer>,
): Promise<Answer> {
  const untilMs = clock.now() + remainingMs() - reserveMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs)) {
    try {
      return await send();
    } catch (error) {
      const waitMs = pauseMs * (1 - random() / 2);
      if (!FULL.has(awsErrorName(error)) || clock.now() + waitMs > untilMs) throw error;
      await clock.sleep(waitMs);
    }
  }
}
