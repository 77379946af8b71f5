/** Runs pieces of work one after the other, in the order they were asked for. */
export interface Turns {
  /** The work that runs now, or is about to; undefined while there is none. */
  current(): Turn | undefined;
  run<T>(work: (turn: Turn) => Promise<T>): Promise<T>;
}

/** One piece of work. */
export interface Turn {
  cancelRequested: boolean;
  /** True when the work has ended, however it did. */
  isOver: boolean;
  /** Resolves when the work has ended. */
  readonly over: Promise<void>;
  /** What must end before the next piece of work begins. */
  hold?: Promise<void>;
}

export function createTurns(): Turns {
  const queue: Turn[] = [];
  let last: Promise<unknown> = Promise.resolve();
  return {
    current: () => queue[0],
    run(work) {
      const { promise: over, resolve: end } = Promise.withResolvers<void>();
      const turn: Turn = { cancelRequested: false, isOver: false, over };
      queue.push(turn);
      const result = last
        .then(() => work(turn))
        .finally(async () => {
          turn.isOver = true;
          end();
          await turn.hold;
          queue.shift();
        });
      last = result.catch(() => {});
      return result;
    },
  };
}
