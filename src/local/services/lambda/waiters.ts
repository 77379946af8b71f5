/** Promises by key that somebody else settles. Several may wait for one key. */
export interface Waiters<T> {
  /** How many keys are waited for. */
  readonly size: number;
  wait(key: string): Promise<T>;
  settle(key: string, value: T): void;
  settleAll(answerFor: (key: string) => T): void;
  /** Forgets a key: whoever waits for it is never answered. */
  drop(key: string): void;
}

/** @see Waiters */
export function createWaiters<T>(): Waiters<T> {
  const waiting = new Map<string, ((value: T) => void)[]>();
  const settle = (key: string, value: T) => {
    const answers = waiting.get(key) ?? [];
    waiting.delete(key);
    for (const answer of answers) answer(value);
  };
  return {
    get size() {
      return waiting.size;
    },
    wait: (key) => new Promise((resolve) => waiting.set(key, [...(waiting.get(key) ?? []), resolve])),
    settle,
    settleAll(answerFor) {
      for (const key of [...waiting.keys()]) settle(key, answerFor(key));
    },
    drop: (key) => void waiting.delete(key),
  };
}
