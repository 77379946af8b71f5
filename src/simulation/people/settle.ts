import type { StoredExecution } from '../../local/parts.ts';
import { type DmsTask, missingTables, repairMode } from '../dms/dms-task.ts';
import { startLoad } from '../dms/run-load.ts';
import { inputOf } from '../judge/pipeline-runs.ts';
import { isAlive } from '../warehouse/model-statement.ts';
import type { World } from '../world.ts';
import { ask, goOn, redrive, repairRows, runsOfLoad } from './by-hand.ts';

const ROUND_MS = 20 * 60_000;
const MOST_ROUNDS = 150;
/** Rounds without anything to do after which a world has come to rest: longer than a sweep takes to come round. */
const QUIET_ROUNDS = 3;

/** How many of the failures lie in the definition. */
const GO_ON_SHARE = 0.25;

/** Errors after which a notification does not advise to redrive. */
const NOT_REDRIVEN: readonly (string | undefined)[] = ['LoadIncomplete', 'LoadChanged'];

/** Lets a world come to rest: nothing goes wrong any more, and people do what the notifications advise. */
export async function settle(world: World): Promise<void> {
  await Promise.all(
    world.plan.pipelines.map(({ name }) =>
      ask(world, { pipeline: name, reason: 'all is well', release: true }),
    ),
  );
  let quiet = 0;
  for (let round = 0; round < MOST_ROUNDS && quiet < QUIET_ROUNDS; round += 1) {
    await world.clock.sleep(ROUND_MS);
    const done = [world.tasks.some((task) => repairLoad(world, task)), repairFailed(world)];
    quiet = done.includes(true) || isBusy(world) ? 0 : quiet + 1;
  }
}

function isBusy({ stepFunctions, dataApi, tasks, events, lambda }: World): boolean {
  if (events.held > 0 || lambda.running > 0 || tasks.some(({ run }) => run !== undefined)) return true;
  if ([...dataApi.statements.values()].some(isAlive)) return true;
  return [...stepFunctions.store.executions.values()].some(({ execution }) => execution.end === undefined);
}

function repairLoad({ loading }: World, task: DmsTask): boolean {
  const load = task.loads.at(-1);
  if (load === undefined || task.run !== undefined) return false;
  if (load.isFinished && missingTables(task).length === 0) return false;
  return startLoad(loading, task, repairMode(task));
}

/** A failed run is redriven, or its load is gone on with under another definition; not both. */
function repairFailed(world: World): boolean {
  const failed = [...world.stepFunctions.store.executions.values()].filter(
    (stored) => isRedrivable(stored) && isCurrent(world, stored) && !isGoneOnWith(world, stored),
  );
  for (const stored of failed) {
    repairRows(world, stored);
    if (world.people.chance(GO_ON_SHARE)) void goOn(world, stored);
    else redrive(world, stored.arn);
  }
  return failed.length > 0;
}

/** Whether another run of the same load has ended well, or is on its way. */
function isGoneOnWith(world: World, stored: StoredExecution): boolean {
  return runsOfLoad(world, stored).some(
    ({ execution: { end } }) => end === undefined || end.status === 'SUCCEEDED',
  );
}

function isRedrivable({ execution: { end } }: StoredExecution): boolean {
  return end !== undefined && end.status !== 'SUCCEEDED' && !NOT_REDRIVEN.includes(end.error);
}

/** Whether the loads of a run are those that staging holds now. */
function isCurrent({ tasks }: World, { input }: StoredExecution): boolean {
  return inputOf(input).load.tasks.every(({ arn, startedAt }) => {
    const last = tasks.find((task) => task.arn === arn)?.loads.at(-1);
    return last?.startedAt === Date.parse(startedAt);
  });
}
