/** Time as an argument: everything that reads the time or waits takes a clock. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

let movedMs = 0;

/** Moves the machine's own clock for this thread: `npm run local -- --at` shows a night before it comes. */
export function moveSystemClock(ms: number): void {
  movedMs = ms;
}

/** How far it is moved, milliseconds. */
export function systemClockMovedMs(): number {
  return movedMs;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now() + movedMs,
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', abort, { once: true });
    }),
};
