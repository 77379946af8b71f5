import type { DeadlineDay } from '../../../src/definition/deadline/deadline-days.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { isLoadOf } from '../../../src/simulation/judge/judge-deadlines.ts';
import { type PipelineRun, publishedItsLoad, runsOf } from '../../../src/simulation/judge/pipeline-runs.ts';
import type { World } from '../../../src/simulation/world.ts';
import { isHeldAt } from './kinds.ts';

/**
 * Where the load of a day really stood at a moment, from what the world knows of itself; undefined if it was published. It is the
 * beginning of what a message must say.
 */
export function trueStanding(
  world: World,
  pipeline: Pipeline,
  day: DeadlineDay,
  at: number,
): RegExp | undefined {
  const runs = runsOf(world, pipeline).filter(
    (run) => run.stored.execution.startedAt <= at && isLoadOf(run, day),
  );
  if (runs.some((run) => publishedItsLoad(run) && (run.stored.stoppedAt ?? Number.POSITIVE_INFINITY) <= at))
    return undefined;
  const statusOf = ({ stored: { arn } }: PipelineRun) =>
    world.stepFunctions.lives.get(arn)?.findLast((life) => life.at <= at)?.status;
  const newest = runs.findLast((run) => statusOf(run) === 'RUNNING') ?? runs.at(-1);
  const status = newest && statusOf(newest);
  if (status === 'RUNNING') return /^(?:at |the run has started)/;
  const loads = pipeline.tasks.map((task) =>
    world.tasks
      .find(({ identifier }) => identifier === task)
      ?.loads.findLast(({ startedAt }) => startedAt <= at),
  );
  const ofRun = newest === undefined ? 0 : Date.parse(newest.input.load.startedAt);
  const isNewer = loads.some((load) => (load?.startedAt ?? 0) > ofRun);
  if (newest !== undefined && status !== 'SUCCEEDED' && !isNewer)
    return status === 'ABORTED' ? /^stopped at \d\d:\d\d/ : /^failed at \d\d:\d\d/;
  const fresh = loads.filter((load) => (load?.startedAt ?? 0) >= Math.max(day.loadsFrom, ofRun + 1));
  if (fresh.some((load) => (load?.endedAt ?? Number.POSITIVE_INFINITY) > at))
    return /^DMS has loaded \d+ of \d+ tables/;
  if (fresh.some((load) => load?.isFinished === false)) return /^the load of DMS task \S+ did not finish/;
  if (fresh.length === 0) return /^no load has started/;
  if (fresh.length < loads.length) return /^it waits for the companion task task-/;
  return isHeldAt(world, pipeline, at)
    ? /^held: somebody wants to look$/
    : /^the load of tasks? .+ has finished, and its run has not started$/;
}
