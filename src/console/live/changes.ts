/** Tells those who wait that something has changed. */
export interface Changes {
  /** Counts the changes. */
  readonly version: number;
  tell(): void;
  /** Resolves when there was a change after a version. */
  after(version: number): Promise<void>;
}

/** @see Changes */
export function createChanges(): Changes {
  let version = 0;
  let next = Promise.withResolvers<void>();
  return {
    get version() {
      return version;
    },
    tell() {
      version += 1;
      next.resolve();
      next = Promise.withResolvers();
    },
    after: (seen) => (version > seen ? Promise.resolve() : next.promise),
  };
}
