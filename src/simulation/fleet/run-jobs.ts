import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { SeedJob } from './seed-worker.ts';
import type { Totals } from './totals.ts';

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
  await Promise.all(Array.from({ length: threads }, () => runThread(next, onDone)));
}

async function runThread(
  next: () => SeedJob | undefined,
  onDone: (job: SeedJob, totals: Totals) => void,
): Promise<void> {
  const worker = new Worker(new URL('./seed-worker.ts', import.meta.url), { stderr: true });
  try {
    for (let job = next(); job !== undefined; job = next()) {
      worker.postMessage(job);
      const [totals] = (await once(worker, 'message')) as [Totals];
      onDone(job, totals);
    }
  } finally {
    await worker.terminate();
  }
}
