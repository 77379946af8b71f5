import { lengthOf } from '../../local/parts.ts';
import { type DmsTask, missingTables, repairMode, type TrueLoad } from '../dms/dms-task.ts';
import { startLoad } from '../dms/run-load.ts';
import type { World } from '../world.ts';
import { ask } from './by-hand.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What people do when a load begins or ends: they stop it, resume it, load again, hold its pipelines. */
export function watchLoads(world: World, task: DmsTask, load: TrueLoad): void {
  if (load.endedAt === undefined) {
    world.record.count('loads');
    mayStop(world, task, load);
    return;
  }
  mayLoadAgain(world, task);
  mayHold(world, task);
  if (!load.isFinished || missingTables(task).length > 0) mayResume(world, task, load);
}

function mayStop({ faults, clock, log }: World, task: DmsTask, load: TrueLoad): void {
  const strike = faults.strike(['load-stopped'], task.identifier);
  if (strike === undefined) return;
  void clock.sleep(lengthOf(strike, 20_000, 10 * MINUTE_MS)).then(() => {
    if (task.loads.at(-1) !== load) return;
    log(`somebody stops ${task.identifier}`);
    task.run?.abort(new Error('stopped'));
  });
}

function mayLoadAgain({ faults, clock, loading }: World, task: DmsTask): void {
  const strike = faults.strike(['load-doubled'], task.identifier);
  if (strike === undefined) return;
  void clock.sleep(lengthOf(strike, 5_000, HOUR_MS)).then(() => startLoad(loading, task, 'reload'));
}

function mayHold(world: World, task: DmsTask): void {
  const { faults, clock, plan, people } = world;
  const strike = faults.strike(['pipeline-held'], task.identifier);
  if (strike === undefined) return;
  const pipeline = people.pick(plan.pipelines).name;
  const noteHold = (isHeld: boolean) => void world.holds.push({ pipeline, at: clock.now(), isHeld });
  noteHold(true);
  void ask(world, { pipeline, reason: 'somebody wants to look', hold: true })
    .then(() => clock.sleep(lengthOf(strike, 10 * MINUTE_MS, 12 * HOUR_MS)))
    .then(() => noteHold(false))
    .then(() => ask(world, { pipeline, reason: 'seen', release: true }));
}

/** A load that is not complete is resumed, sooner or later. */
function mayResume({ people, clock, loading }: World, task: DmsTask, load: TrueLoad): void {
  if (people.chance(0.4)) return;
  void clock.sleep(people.whole(5 * MINUTE_MS, 3 * HOUR_MS)).then(() => {
    if (task.loads.at(-1) === load) startLoad(loading, task, repairMode(task));
  });
}
