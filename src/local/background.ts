/** Work that goes on by itself. */
export interface Background {
  /** Starts it. What it throws once the signal is aborted is dropped. */
  start(work: Promise<unknown>): void;
  /** Resolves when no work is under way, also none that work has started. */
  idle(): Promise<void>;
}

/** @param closed aborted when nobody waits for the work any more */
export function createBackground(closed: AbortSignal): Background {
  const running = new Set<Promise<void>>();
  return {
    start(work) {
      const tracked: Promise<void> = work
        .then(() => undefined)
        .catch((error: unknown) => {
          if (!closed.aborted) throw error;
        })
        .finally(() => running.delete(tracked));
      running.add(tracked);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
