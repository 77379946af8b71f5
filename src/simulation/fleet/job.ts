/** What the worlds of a job have of their own. */
export interface WorldKind {
  /** Name of a mistake that is put into the worlds. */
  readonly defect?: string | undefined;
  /** Whether calls go through the SDK's own clients. @default they go to the models at once */
  readonly throughSdk?: boolean | undefined;
}

/** Seeds that a thread is to run, one after the other; with a mistake, until it is noticed. */
export interface SeedJob extends WorldKind {
  readonly first: number;
  readonly count: number;
}

/** One seed, whose world is told, and shrunk where something is wrong in it. */
export interface ReplayJob extends WorldKind {
  readonly seed: number;
}

export type WorkerJob = SeedJob | ReplayJob;
