import { type Clock, systemClock } from '../clock.ts';

/**
 * The machine's own time, in which whoever sleeps is woken sooner: after the `factor`-th part of what was asked for. For
 * pauses that nothing else runs against, such as Wait states; never for timeouts of work that takes its real time.
 */
export function createHurriedClock(factor: number, clock: Clock = systemClock): Clock {
  return { now: clock.now, sleep: (ms, signal) => clock.sleep(ms / factor, signal) };
}
