import { simulateWorld, type WorldReport } from '../simulate-world.ts';
import type { WorldOptions } from '../world.ts';

/** A violation with as few faults as it takes, and all that happened on the way to it. */
export interface ShrunkWorld {
  readonly report: WorldReport;
  readonly log: readonly string[];
}

const MOST_RUNS = 150;

/**
 * Drops faults of a world for as long as something is still wrong in it: ever smaller parts of them, and each part that is
 * not needed.
 */
export async function shrinkWorld(options: Omit<WorldOptions, 'only' | 'log'>): Promise<ShrunkWorld> {
  let report = await simulateWorld(options);
  let runs = report.violations.length > 0 ? 0 : MOST_RUNS;
  for (let parts = 2; runs < MOST_RUNS; ) {
    const ids = report.faults.map(({ id }) => id);
    const size = Math.max(1, Math.ceil(ids.length / parts));
    let smaller: WorldReport | undefined;
    for (let start = 0; start < ids.length && smaller === undefined && runs < MOST_RUNS; start += size) {
      const only = new Set(ids.toSpliced(start, size));
      const attempt = await simulateWorld({ ...options, only });
      runs += 1;
      if (attempt.violations.length > 0 && attempt.faults.length < ids.length) smaller = attempt;
    }
    if (smaller === undefined && size === 1) break;
    parts = smaller === undefined ? parts * 2 : Math.max(2, parts - 1);
    report = smaller ?? report;
  }
  const log: string[] = [];
  const only = new Set(report.faults.map(({ id }) => id));
  return { report: await simulateWorld({ ...options, only, log: (line) => log.push(line) }), log };
}
