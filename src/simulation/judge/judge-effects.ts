import type { Pipeline } from '../../definition/pipeline.ts';
import { fenceTableName } from '../../names/elt-tables.ts';
import type { StepEffect } from '../warehouse/warehouse.ts';
import type { World } from '../world.ts';
import {
  baseLoadId,
  effectId,
  type PipelineRun,
  proceduresOf,
  runsOf,
  trueLoadsOf,
} from './pipeline-runs.ts';

/**
 * No load takes effect twice, from staging that is not its own or not complete, out of order, mixed with another, or though its
 * audits have found it wrong.
 */
export function judgeEffects(world: World): void {
  for (const pipeline of world.plan.pipelines) {
    const runs = new Map(runsOf(world, pipeline).map((run) => [run.stored.arn, run]));
    const byStep = effectsByStep(world, pipeline);
    for (const definition of pipeline.steps) {
      const step = definition.name;
      const effects = byStep.get(step) ?? [];
      const procedures = proceduresOf(definition);
      judgeOnce(world, `step ${step} of ${pipeline.name}`, effects);
      judgeTogether(world, `step ${step} of ${pipeline.name}`, { procedures, effects });
      for (const effect of effects) {
        const what = `step ${step} of ${pipeline.name} for load ${effect.loadId}`;
        judgeStaging(world, what, effect, runs.get(effect.execution));
        judgeAudits(world, what, effect);
        judgeOrder(world, what, effect, predecessors(pipeline, step, byStep));
      }
    }
  }
}

function effectsByStep(
  { warehouse }: World,
  { name, steps }: Pipeline,
): ReadonlyMap<string, readonly StepEffect[]> {
  const byTable = Map.groupBy(warehouse.effects, ({ fenceTable }) => fenceTable);
  return new Map(steps.map((step) => [step.name, byTable.get(fenceTableName(name, step.name)) ?? []]));
}

function predecessors(
  { steps }: Pipeline,
  name: string,
  byStep: ReadonlyMap<string, readonly StepEffect[]>,
): readonly (readonly StepEffect[])[] {
  const step = steps.find((candidate) => candidate.name === name);
  return (step?.after ?? []).map((earlier) => byStep.get(earlier) ?? []);
}

function judgeOnce({ record }: World, what: string, effects: readonly StepEffect[]): void {
  const done = ({ loadId, procedure }: StepEffect) =>
    `load ${effectId(loadId)} to production, with ${procedure},`;
  for (const [load, same] of Map.groupBy(effects, done))
    if (same.length > 1) record.violate(`${what} took ${load} ${same.length} times`);
}

/** Whoever looks, at whatever moment, sees one load in all that a step publishes. */
function judgeTogether(
  { record }: World,
  what: string,
  {
    procedures,
    effects,
  }: { readonly procedures: readonly string[]; readonly effects: readonly StepEffect[] },
): void {
  const shown = new Map<string, string>();
  for (const same of Map.groupBy(effects, ({ committedAt }) => committedAt).values()) {
    for (const { procedure, loadId } of same) shown.set(procedure, loadId);
    const loads = new Set(procedures.map((procedure) => shown.get(procedure) ?? 'none'));
    if (loads.size > 1) record.violate(`${what} showed several loads side by side: ${[...loads].join(', ')}`);
  }
}

/** Nobody sees a load in which an audit of the step has found wrong rows. */
function judgeAudits({ record }: World, what: string, { failedAudits }: StepEffect): void {
  for (const audit of failedAudits)
    record.violate(`${what} was published although "${audit}" found wrong rows`);
}

/** Staging as the transaction saw it is the run's own load, finished, every row. */
function judgeStaging(
  world: World,
  what: string,
  { staged }: StepEffect,
  run: PipelineRun | undefined,
): void {
  const loads = run === undefined ? [] : trueLoadsOf(world, run.input);
  for (const table of staged) {
    const load = loads.find(({ complete }) => complete.has(table.name));
    if (load === undefined || !load.isFinished)
      world.record.violate(`${what} used ${table.name} of an incomplete load`);
    else if (table.filledBy !== load.freshAt || table.rows !== load.complete.get(table.name))
      world.record.violate(`${what} used ${table.name} of another load, or half of one`);
  }
}

/** What a step reads of the steps before it is of the same load. */
function judgeOrder(
  world: World,
  what: string,
  effect: StepEffect,
  before: readonly (readonly StepEffect[])[],
): void {
  for (const effects of before) {
    const seen = effects.filter(({ committedAt }) => committedAt <= effect.snapshotAt).at(-1);
    if (seen === undefined) world.record.violate(`${what} ran before a step that it needs`);
    else if (baseLoadId(seen.loadId) !== baseLoadId(effect.loadId))
      world.record.violate(`${what} read what load ${seen.loadId} has made`);
  }
}
