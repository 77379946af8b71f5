import { type Clock, systemClock } from '../clock.ts';

/**
 * The machine's own time, in which whoever sleeps is woken sooner: after the `factor`-th part of what was asked for. For
 * pauses that nothing else runs against, such as Wait states; never for timeouts of work that takes its real time.
 */
export function createHurriedClock(factor: number, clock: Clock = systemClock): Clock {
  return { now: clock.now, sleep: (ms, signal) => clock.sleep(ms / factor, signal) };
}

/** The longest pause one timer of the machine holds, just under 25 days; it would end a longer one at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Sleeps as long as a state machine may ask for, which is years.
 * @throws the signal's reason when it is aborted first
 */
export async function sleepLong(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  let left = ms;
  for (; left > LONGEST_TIMER_MS; left -= LONGEST_TIMER_MS) await clock.sleep(LONGEST_TIMER_MS, signal);
  await clock.sleep(left, signal);
}
