import { createWorld } from './create-world.ts';
import { finishedReason, startLoad } from './dms/run-load.ts';
import type { InjectedFault } from './faults.ts';
import { judgeWorld } from './judge/judge-world.ts';
import type { Counted } from './judge/record.ts';
import { settle } from './people/settle.ts';
import { DAY_MS } from './plan/world-plan.ts';
import type { World, WorldOptions } from './world.ts';

/** What became of a world. */
export interface WorldReport {
  readonly seed: number;
  /** What must not be; empty when all is well. */
  readonly violations: readonly string[];
  readonly faults: readonly InjectedFault[];
  readonly counts: Readonly<Record<Counted, number>>;
}

/** Runs a world from its beginning until it has come to rest, and judges it. The same options, the same report. */
export async function simulateWorld(options: WorldOptions): Promise<WorldReport> {
  // Errors are answers here, thousands of them: nobody reads where they were made.
  Error.stackTraceLimit = 0;
  const world = createWorld(options);
  const { clock, plan, faults, events, record } = world;
  recordOldLoads(world);
  events.startSchedules();
  for (const load of plan.loads) void startPlanned(world, load);
  await clock.sleep(plan.disturbedMs);
  faults.end();
  await settle(world);
  options.onRest?.(world);
  judgeWorld(world);
  events.close();
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

const AGE_MS = 10 * DAY_MS;
const LENGTH_MS = 600_000;
const ROWS = 77;

/** Loads that had ended long before the pipelines were there: nothing may be run for them. */
function recordOldLoads({ plan, tasks, warehouse, beganAt }: World): void {
  const startedAt = beganAt - AGE_MS;
  const endedAt = startedAt + LENGTH_MS;
  for (const task of tasks) {
    if (!plan.oldLoads.some((identifier) => identifier === task.identifier)) continue;
    const tables = task.tables.map(({ staged }) => warehouse.table(staged));
    for (const table of tables) Object.assign(table, { filledBy: startedAt, rows: ROWS, isComplete: true });
    for (const table of task.tables) Object.assign(table, { state: 'Table completed', rows: ROWS, endedAt });
    task.loads.push({
      ...{ taskArn: task.arn, startedAt, freshAt: startedAt, endedAt, isFinished: true },
      complete: new Map(tables.map(({ name }) => [name, ROWS])),
    });
    const dates = { freshAt: startedAt, startAt: startedAt, stopAt: endedAt, fullLoadAt: startedAt };
    const stopReason = finishedReason(task);
    task.course.push({ at: endedAt, state: { status: 'stopped', stopReason, ...dates } });
  }
}
