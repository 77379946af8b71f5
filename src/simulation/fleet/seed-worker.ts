import { parentPort } from 'node:worker_threads';
import { DEFECTS } from '../defects/defects.ts';
import { simulateWorld } from '../simulate-world.ts';
import { addWorld, createTotals } from './totals.ts';

/** Seeds that a thread is to run, one after the other. */
export interface SeedJob {
  readonly first: number;
  readonly count: number;
  /** Name of a mistake that is put into the worlds. */
  readonly defect?: string | undefined;
}

const port = parentPort;
port?.on('message', async ({ first, count, defect }: SeedJob) => {
  const variation = DEFECTS.find(({ name }) => name === defect)?.variation;
  const totals = createTotals();
  for (let seed = first; seed < first + count; seed += 1) {
    addWorld(totals, await simulateWorld({ seed, variation }));
    if (defect !== undefined && totals.violated.length > 0) break;
  }
  port.postMessage(totals);
});
