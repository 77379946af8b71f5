import type { Pipeline } from '../../definition/pipeline.ts';
import type { DmsTask, TrueLoad } from '../dms/dms-task.ts';
import type { World } from '../world.ts';
import { type PipelineRun, publishedItsLoad, runsOf } from './pipeline-runs.ts';

const HOUR_MS = 3_600_000;
/** A load that stays longer than this has a run, whatever goes wrong: more than twenty sweeps look at it. */
const SEEN_AFTER_MS = 6 * HOUR_MS;

/** Every load that is finished, complete and not overtaken was taken to production. */
export function judgeLoads(world: World): void {
  for (const pipeline of world.plan.pipelines) {
    const tasks = world.tasks.filter(({ identifier }) => pipeline.tasks.includes(identifier));
    const runs = runsOf(world, pipeline);
    judgeLast(world, pipeline, tasks, runs);
    if (tasks.length === 1 && tasks[0] !== undefined) judgeEarlier(world, pipeline, tasks[0], runs);
  }
}

/** Staging holds these: production must show them, unless they still wait for their companions. */
function judgeLast(
  world: World,
  pipeline: Pipeline,
  tasks: readonly DmsTask[],
  runs: readonly PipelineRun[],
): void {
  const loads = tasks.flatMap(({ loads: all }) => all.at(-1) ?? []);
  if (loads.length < tasks.length || !loads.every((load, index) => isComplete(load, tasks[index]))) return;
  if (loads.every(({ startedAt }) => startedAt < world.beganAt)) return;
  const own = runs.filter(({ input }) =>
    input.load.tasks.every((task) => loads.some((load) => isAbout(task, load))),
  );
  if (own.some(publishedItsLoad)) return;
  if (own.length === 0 && tasks.length > 1 && isWaiting(pipeline, loads, runs)) return;
  const what = own[0]?.stored.arn ?? `a run of ${pipeline.name} for ${pipeline.tasks}`;
  world.record.violate(
    `${what} ${own.length > 0 ? 'was not published' : 'was not started'}, and staging holds its load`,
  );
}

function isComplete(load: TrueLoad, task: DmsTask | undefined): boolean {
  return load.isFinished && (task?.tables ?? []).every(({ staged }) => load.complete.has(staged));
}

function isAbout({ arn, startedAt }: { arn: string; startedAt: string }, load: TrueLoad): boolean {
  return arn === load.taskArn && Date.parse(startedAt) === load.startedAt;
}

/** A load waits for those that were not loaded anew since a run, or not within the pipeline's window. */
function isWaiting(
  { windowHours }: Pipeline,
  loads: readonly TrueLoad[],
  runs: readonly PipelineRun[],
): boolean {
  const starts = loads.map(({ startedAt }) => startedAt);
  if (Math.max(...starts) - Math.min(...starts) > windowHours * HOUR_MS) return true;
  return runs.some(({ input }) =>
    input.load.tasks.some(({ arn, startedAt }) =>
      loads.some((load) => load.taskArn === arn && load.startedAt <= Date.parse(startedAt)),
    ),
  );
}

/** Earlier loads that stayed for hours were seen. What became of their runs, people were told. */
function judgeEarlier(world: World, pipeline: Pipeline, task: DmsTask, runs: readonly PipelineRun[]): void {
  for (const [index, load] of task.loads.entries()) {
    const next = task.loads[index + 1];
    if (next === undefined || load.startedAt < world.beganAt || !isComplete(load, task)) continue;
    const stayedMs = next.startedAt - (load.endedAt ?? next.startedAt);
    if (stayedMs < SEEN_AFTER_MS || world.holds.some((hold) => hold.pipeline === pipeline.name)) continue;
    if (runs.some(({ input }) => input.load.tasks.some((own) => isAbout(own, load)))) continue;
    world.record.violate(
      `a load of ${task.identifier} that stayed for ${stayedMs / HOUR_MS} hours has no run of ${pipeline.name}`,
    );
  }
}
