import { runJobs } from './run-jobs.ts';
import { addTotals, createTotals, type Totals } from './totals.ts';

export interface SeedRange {
  readonly first: number;
  readonly count: number;
  readonly threads: number;
  /** Whether calls go through the SDK's own clients. @default they go to the models at once */
  readonly throughSdk?: boolean;
  /** Gets the worlds that are done, now and then. */
  readonly onProgress?: (totals: Totals) => void;
}

/** Seeds that a thread runs before it says what they came to. */
const CHUNK = 10;

/** Runs the worlds of consecutive seeds. */
export async function runSeeds({
  first,
  count,
  threads,
  throughSdk,
  onProgress,
}: SeedRange): Promise<Totals> {
  const totals = createTotals();
  const end = first + count;
  let seed = first;
  const next = () => {
    if (seed >= end) return undefined;
    const job = { first: seed, count: Math.min(CHUNK, end - seed), throughSdk };
    seed += job.count;
    return job;
  };
  await runJobs(threads, next, (_, more) => {
    addTotals(totals, more);
    onProgress?.(totals);
  });
  totals.violated.sort((a, b) => a.seed - b.seed);
  return totals;
}
