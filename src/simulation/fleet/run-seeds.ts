import { DEFECTS } from '../defects/defects.ts';
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

/** Whether a mistake was noticed, and where. */
export interface DefectFinding {
  readonly defect: string;
  /** Absent when no world noticed it. */
  readonly seed?: number;
  readonly violation?: string;
}

/** Looks for the first seed whose world notices each mistake. @param seeds how many are tried, from 1 */
export async function searchDefects(
  seeds: number,
  threads: number,
  onFound: (finding: DefectFinding) => void,
): Promise<readonly DefectFinding[]> {
  const findings: DefectFinding[] = [];
  const names = DEFECTS.map(({ name }) => name);
  const next = () => {
    const defect = names.shift();
    return defect === undefined ? undefined : { first: 1, count: seeds, defect };
  };
  await runJobs(threads, next, ({ defect = '' }, { violated: [world] }) => {
    const finding =
      world === undefined ? { defect } : { defect, seed: world.seed, violation: world.violations[0] ?? '' };
    findings.push(finding);
    onFound(finding);
  });
  return findings;
}
