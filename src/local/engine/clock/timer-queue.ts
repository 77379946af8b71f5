/** A timer of a virtual clock. */
export interface Timer {
  readonly at: number;
  readonly sequence: number;
  /** Absent once it has run or was cancelled. */
  wake?: () => void;
}

/** Timers by time, then by the order in which they were set. */
export interface TimerQueue {
  add(timer: Timer): void;
  /** Takes the next timer that was not cancelled. */
  next(): Timer | undefined;
  /** Says that a timer in the queue has lost its `wake`. */
  cancelled(): void;
  /** Timers that wait. */
  size(): number;
}

/** An empty queue: a binary heap. */
export function createTimerQueue(): TimerQueue {
  const heap: Timer[] = [];
  let live = 0;
  return {
    add(timer) {
      live += 1;
      push(heap, timer);
    },
    next() {
      for (let timer = pop(heap); timer !== undefined; timer = pop(heap)) {
        if (timer.wake === undefined) continue;
        live -= 1;
        return timer;
      }
      return undefined;
    },
    cancelled() {
      live -= 1;
    },
    size: () => live,
  };
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}

function push(heap: Timer[], timer: Timer): void {
  let index = heap.push(timer) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!isBefore(timer, heap[parent] as Timer)) break;
    heap[index] = heap[parent] as Timer;
    index = parent;
  }
  heap[index] = timer;
}

function pop(heap: Timer[]): Timer | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let index = 0;
  for (let child = 1; child < heap.length; child = 2 * index + 1) {
    if (child + 1 < heap.length && isBefore(heap[child + 1] as Timer, heap[child] as Timer)) child += 1;
    if (!isBefore(heap[child] as Timer, last)) break;
    heap[index] = heap[child] as Timer;
    index = child;
  }
  heap[index] = last;
  return first;
}
