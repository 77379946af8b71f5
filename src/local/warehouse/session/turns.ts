/** Runs pieces of work one after the other, in the order they were asked for. */
export interface Turns {
  /** The work that runs now; undefined while there is none. */
  current(): Turn | undefined;
  run<T>(work: (turn: Turn) => Promise<T>): Promise<T>;
}

/** One piece of work, and whether somebody wants it cancelled. */
export interface Turn {
  cancelRequested: boolean;
  /** Resolves when the work has ended, however it did. */
  readonly ended: Promise<void>;
}

export function createTurns(): Turns {
  let current: Turn | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    current: () => current,
    run(work) {
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      const result = last.then(async () => {
        current = { cancelRequested: false, ended };
        try {
          return await work(current);
        } finally {
          current = undefined;
          end();
        }
      });
      last = result.catch(() => {});
      return result;
    },
  };
}
