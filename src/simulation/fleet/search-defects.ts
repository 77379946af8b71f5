import { DEFECTS } from '../defects/defects.ts';
import { runJobs } from './run-jobs.ts';

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
