import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ShrunkWorld } from './shrink.ts';
import type { Totals } from './totals.ts';

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

/**
 * Runs jobs in threads, each the next one when it is free.
 * @param next the next job, or undefined when there is none
 * @throws what a thread threw
 */
export async function runJobs(
  threads: number,
  next: () => SeedJob | undefined,
  onDone: (job: SeedJob, totals: Totals) => void,
): Promise<void> {
  const runThread = () =>
    withWorker(async (run) => {
      for (let job = next(); job !== undefined; job = next()) onDone(job, (await run(job)) as Totals);
    });
  await Promise.all(Array.from({ length: threads }, runThread));
}

/** Runs one seed's world, and shrinks it where something is wrong in it. */
export async function replaySeed(job: ReplayJob): Promise<ShrunkWorld> {
  return withWorker(async (run) => (await run(job)) as ShrunkWorld);
}

/** An error of the thread rejects. */
async function withWorker<T>(use: (run: (job: WorkerJob) => Promise<unknown>) => Promise<T>): Promise<T> {
  const worker = new Worker(new URL('./seed-worker.ts', import.meta.url));
  try {
    return await use(async (job) => {
      worker.postMessage(job);
      const [answer] = await once(worker, 'message');
      return answer;
    });
  } finally {
    await worker.terminate();
  }
}
