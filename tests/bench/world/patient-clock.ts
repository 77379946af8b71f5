import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../../src/clock.ts';
import { createVirtualClock, type VirtualClock } from '../../../src/local/engine/clock/virtual-clock.ts';

/** Turns of the event loop that the local services take for one thing at most: submitting a statement takes two. */
const TURNS = 4;

/**
 * A virtual clock that shows whole milliseconds, and lets a service that goes on in a later turn of the event loop come to
 * its next sleep before time jumps.
 */
export function createPatientClock(): Clock & Pick<VirtualClock, 'hold'> {
  const clock = createVirtualClock();
  const pause = async () => {
    const release = clock.hold();
    for (let turn = 0; turn < TURNS; turn += 1) await nextTurn();
    release();
  };
  return {
    now: clock.now,
    hold: clock.hold,
    async sleep(ms, signal) {
      void pause();
      try {
        await clock.sleep(Math.ceil(ms), signal);
      } finally {
        void pause();
      }
    },
  };
}
