import type { Pipeline } from '../../definition/pipeline.ts';
import { auditTableName, fenceTableName } from '../../names/elt-tables.ts';
import { readRunName } from '../../runs/run-name.ts';
import type { AuditReport } from '../../runs/verify/audit-report.ts';
import { hasAudits } from '../../steps/step.ts';
import type { World } from '../world.ts';
import { type PipelineRun, proceduresOf, publishedItsLoad, runsOf, trueLoadsOf } from './pipeline-runs.ts';

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
  if (!publishedItsLoad(run)) {
    judgeSuperseded(world, run);
    return;
  }
  const ofLoad = world.warehouse.effects.filter(({ loadId }) => loadId === input.load.id);
  for (const step of pipeline.steps) {
    const table = fenceTableName(pipeline.name, step.name);
    for (const procedure of proceduresOf(step)) {
      const count = ofLoad.filter(
        (effect) => effect.fenceTable === table && effect.procedure === procedure,
      ).length;
      if (count !== 1)
        world.record.violate(`${stored.arn} says published, but step ${step.name} has ${count} effects`);
    }
  }
  judgeFindings(world, pipeline, run);
}

/** Its output tells what each audit has found, as the warehouse has kept it. */
function judgeFindings(
  { record, warehouse }: World,
  { name, steps }: Pipeline,
  { stored, input }: PipelineRun,
): void {
  const { end } = stored.execution;
  const { audits: told = [] }: Partial<AuditReport> =
    end?.status === 'SUCCEEDED' ? JSON.parse(end.output) : {};
  const kept = warehouse.findings.filter(({ loadId }) => loadId === input.load.id);
  for (const step of steps.filter(hasAudits)) {
    const table = auditTableName(name, step.name);
    for (const { name: audit } of step.audits) {
      const said = told.filter((one) => one.step === step.name && one.audit === audit);
      const found = kept.filter((one) => one.table === table && one.audit === audit);
      if (found.length === 1 && said.length === 1 && said[0]?.wrongRows === found[0]?.wrongRows) continue;
      record.violate(`${stored.arn} says published, but not what "${audit}" of ${step.name} found`);
    }
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
