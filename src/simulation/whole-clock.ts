import type { Clock } from '../clock.ts';
import { createVirtualClock, type VirtualClock } from '../local/parts.ts';

/** A clock whose time stands still while something happens. */
export type WorldClock = Clock & Pick<VirtualClock, 'hold'>;

/** A virtual clock that shows whole milliseconds, as the machine's does, whatever somebody sleeps for. */
export function createWholeClock(): WorldClock {
  const clock = createVirtualClock();
  return {
    now: clock.now,
    sleep: (ms, signal) => clock.sleep(Math.ceil(ms), signal),
    hold: clock.hold,
  };
}
