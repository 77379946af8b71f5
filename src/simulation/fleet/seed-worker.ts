import { parentPort } from 'node:worker_threads';
import { DEFECTS } from '../defects/defects.ts';
import { createSdkClients } from '../product/sdk-clients.ts';
import { simulateWorld } from '../simulate-world.ts';
import type { WorkerJob, WorldKind } from './run-jobs.ts';
import { shrinkWorld } from './shrink.ts';
import { addWorld, createTotals, type Totals } from './totals.ts';

// Handlers read it at every turn, and a thread's own is slow to read.
process.env = { ...process.env };

const port = parentPort;
port?.on('message', async (job: WorkerJob) => {
  port.postMessage(
    'seed' in job ? await shrinkWorld({ seed: job.seed, ...optionsOf(job) }) : await runSeeds(job),
  );
});

async function runSeeds(job: Exclude<WorkerJob, { readonly seed: number }>): Promise<Totals> {
  const totals = createTotals();
  for (let seed = job.first; seed < job.first + job.count; seed += 1) {
    addWorld(totals, await simulateWorld({ seed, ...optionsOf(job) }));
    if (job.defect !== undefined && totals.violated.length > 0) break;
  }
  return totals;
}

function optionsOf({ defect, throughSdk }: WorldKind) {
  return {
    variation: DEFECTS.find(({ name }) => name === defect)?.variation,
    createClients: throughSdk ? createSdkClients : undefined,
  };
}
