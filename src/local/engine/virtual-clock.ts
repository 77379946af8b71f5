import type { Clock } from '../../clock.ts';

/** A clock for tests and simulations: time stands still while something happens, and jumps when nothing does. */
export interface VirtualClock extends Clock {
  /** Keeps time from jumping, for work outside this process, until the answered function is called. */
  hold(): () => void;
  /** Timers that wait. */
  readonly pending: number;
}

interface Timer {
  readonly at: number;
  readonly sequence: number;
  /** Absent once it has run or was cancelled. */
  wake?: () => void;
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
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const timer: Timer = { at: now + Math.max(0, ms), sequence: sequence++ };
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
      schedule();
      return promise;
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

/** Timers by time, then by the order in which they were set: a binary heap. Cancelled ones are skipped. */
function createTimerQueue() {
  const heap: Timer[] = [];
  let live = 0;
  const before = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.sequence < b.sequence);

  function add(timer: Timer): void {
    live += 1;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(timer, heap[parent] as Timer)) break;
      heap[index] = heap[parent] as Timer;
      index = parent;
    }
    heap[index] = timer;
  }

  function pop(): Timer | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Timer, heap[child] as Timer)) child += 1;
      if (!before(heap[child] as Timer, last)) break;
      heap[index] = heap[child] as Timer;
      index = child;
    }
    heap[index] = last;
    return first;
  }

  return {
    add,
    next(): Timer | undefined {
      for (let timer = pop(); timer !== undefined; timer = pop()) {
        if (timer.wake === undefined) continue;
        live -= 1;
        return timer;
      }
      return undefined;
    },
    cancelled(): void {
      live -= 1;
    },
    size: () => live,
  };
}
