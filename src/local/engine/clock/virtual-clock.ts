import type { Clock } from '../../../clock.ts';
import { createTimerQueue, type Timer, type TimerQueue } from './timer-queue.ts';

/** A clock for tests and simulations: time stands still while something happens, and jumps when nothing does. */
export interface VirtualClock extends Clock {
  /** Keeps time from jumping, for work outside this process, until the answered function is called. */
  hold(): () => void;
  /** Timers that wait. */
  readonly pending: number;
}

/**
 * A virtual clock. When the event loop has nothing left to run at once, it jumps to the next timer; timers of one
 * moment run in the order in which they were set, each with all it causes before the next.
 * @param startMs epoch milliseconds. @default 2026-01-01T00:00:00Z
 */
export function createVirtualClock(startMs = 1_767_225_600_000): VirtualClock {
  const queue = createTimerQueue();
  let now = startMs;
  let sequence = 0;
  let holds = 0;
  let scheduled = false;

  function schedule(): void {
    if (scheduled || holds > 0) return;
    scheduled = true;
    setImmediate(advance);
  }
  function advance(): void {
    scheduled = false;
    if (holds > 0) return;
    const timer = queue.next();
    if (timer === undefined) return;
    now = Math.max(now, timer.at);
    timer.wake?.();
    schedule();
  }

  return {
    now: () => now,
    sleep(ms, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      const woken = setTimer(queue, { at: now + Math.max(0, ms), sequence: sequence++ }, signal);
      schedule();
      return woken;
    },
    hold() {
      holds += 1;
      let released = false;
      return () => {
        if (released) return;
        released = true;
        holds -= 1;
        schedule();
      };
    },
    get pending() {
      return queue.size();
    },
  };
}

/** Resolves when the timer is woken; an aborted signal cancels it. */
function setTimer(queue: TimerQueue, timer: Timer, signal?: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const cancel = () => {
    delete timer.wake;
    queue.cancelled();
    reject(signal?.reason);
  };
  timer.wake = () => {
    delete timer.wake;
    signal?.removeEventListener('abort', cancel);
    resolve();
  };
  signal?.addEventListener('abort', cancel, { once: true });
  queue.add(timer);
  return promise;
}
