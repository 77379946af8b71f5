import { createWorld } from './create-world.ts';
import { startLoad } from './dms/run-load.ts';
import type { InjectedFault } from './faults.ts';
import { judgeWorld } from './judge/judge-world.ts';
import type { Counted } from './judge/record.ts';
import { settle } from './people/settle.ts';
import { recordOldLoads } from './plan/old-loads.ts';
import { MINUTE_MS } from './plan/world-plan.ts';
import type { World, WorldOptions } from './world.ts';

/** What became of a world. */
export interface WorldReport {
  readonly seed: number;
  /** What must not be; empty when all is well. */
  readonly violations: readonly string[];
  readonly faults: readonly InjectedFault[];
  readonly counts: Readonly<Record<Counted, number>>;
}

const SWEEP_MS = 15 * MINUTE_MS;

/** Runs a world from its beginning until it has come to rest, and judges it. The same options, the same report. */
export async function simulateWorld(options: WorldOptions): Promise<WorldReport> {
  // Errors are answers here, thousands of them: nobody reads where they were made.
  Error.stackTraceLimit = 0;
  const world = createWorld(options);
  const { clock, plan, faults, record } = world;
  recordOldLoads(world);
  const over = new AbortController();
  void sweepFor(world, over.signal);
  for (const load of plan.loads) void startPlanned(world, load);
  await clock.sleep(plan.disturbedMs);
  faults.end();
  await settle(world);
  judgeWorld(world);
  over.abort();
  // Time stands still from here on: what still waits is never woken.
  clock.hold();
  return {
    seed: options.seed,
    violations: record.violations,
    faults: faults.injected,
    counts: record.counts,
  };
}

async function startPlanned(
  { clock, tasks, loading }: World,
  load: World['plan']['loads'][number],
): Promise<void> {
  await clock.sleep(load.at);
  const task = tasks.find(({ identifier }) => identifier === load.task);
  if (task !== undefined) startLoad(loading, task, 'reload');
}

async function sweepFor({ clock, lambda, record }: World, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(SWEEP_MS);
    record.count('sweeps');
    lambda.invokeLater('sweep-loads', '{}');
  }
}
