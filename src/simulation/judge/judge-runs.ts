import type { Pipeline } from '../../definition/pipeline.ts';
import { fenceTableName } from '../../names/fence-table.ts';
import { readRunName } from '../../runs/run-name.ts';
import type { World } from '../world.ts';
import { isPublished, type PipelineRun, runsOf, trueLoadsOf } from './pipeline-runs.ts';

/** The look-back of the worlds' stage, and an hour for a sweep to do its work. */
const LOOK_BACK_MS = 73 * 3_600_000;

/** One run a load; what a run says of itself at its end is true; none was started that must not be. */
export function judgeRuns(world: World): void {
  for (const pipeline of world.plan.pipelines) {
    const runs = runsOf(world, pipeline);
    for (const [loadId, same] of Map.groupBy(runs, ({ input }) => input.load.id))
      judgeCount(world, `load ${loadId} of ${pipeline.name}`, same);
    for (const run of runs) {
      judgeStart(world, run);
      judgeEnd(world, pipeline, run);
    }
  }
}

/** A load has one run; what goes on with it comes behind that. */
function judgeCount({ record }: World, what: string, runs: readonly PipelineRun[]): void {
  const own = runs.filter(({ stored }) => readRunName(stored.name).continue === undefined);
  if (own.length > 1) record.violate(`${what} has ${own.length} runs`);
  if (own[0] !== runs[0]) record.violate(`${what} was gone on with before it had a run`);
}

/** A sweep leaves alone what ended before sweeping began, or too long ago. */
function judgeStart(world: World, { stored, input }: PipelineRun): void {
  if (!input.trigger.reason.startsWith('sweep')) return;
  const ended = Math.max(...trueLoadsOf(world, input).map(({ endedAt }) => endedAt ?? 0));
  if (ended < world.beganAt)
    world.record.violate(`${stored.arn} was swept, its load ended before sweeping began`);
  if (ended < stored.execution.startedAt - LOOK_BACK_MS)
    world.record.violate(`${stored.arn} was swept, its load ended too long ago`);
}

function judgeEnd(world: World, pipeline: Pipeline, run: PipelineRun): void {
  const { stored, input } = run;
  if (stored.execution.end?.status !== 'SUCCEEDED') return;
  if (!isPublished(run)) {
    judgeSuperseded(world, run);
    return;
  }
  for (const { name } of pipeline.steps) {
    const table = fenceTableName(pipeline.name, name);
    const effects = world.warehouse.effects.filter(
      ({ fenceTable, loadId }) => fenceTable === table && loadId === input.load.id,
    );
    if (effects.length !== 1)
      world.record.violate(`${stored.arn} says published, but step ${name} has ${effects.length} effects`);
  }
}

/** Overtaken is only what a newer load has overtaken. */
function judgeSuperseded(world: World, { stored, input }: PipelineRun): void {
  const stoppedAt = stored.stoppedAt ?? 0;
  const isTrue = input.load.tasks.some(({ arn, startedAt }) =>
    world.tasks
      .find((task) => task.arn === arn)
      ?.loads.some((load) => load.startedAt > Date.parse(startedAt) && load.startedAt <= stoppedAt),
  );
  if (!isTrue) world.record.violate(`${stored.arn} says superseded, but no newer load had begun`);
}
