import type { Pipeline } from '../../definition/pipeline.ts';
import { createRandomStream, type RandomStream } from '../random-stream.ts';
import { PIPELINE_CATALOG, TASK_IDENTIFIERS, type TaskIdentifier } from './pipeline-catalog.ts';

/** What happens in a world if nothing goes wrong. */
export interface WorldPlan {
  readonly seed: number;
  readonly tasks: readonly TaskIdentifier[];
  readonly pipelines: readonly Pipeline[];
  /** Loads in the order of their starts. */
  readonly loads: readonly PlannedLoad[];
  /** Tasks that have finished a load long before the pipelines were there. */
  readonly oldLoads: readonly TaskIdentifier[];
  /** When the disturbances end: milliseconds since the world's beginning. */
  readonly disturbedMs: number;
}

export interface PlannedLoad {
  readonly task: TaskIdentifier;
  /** Milliseconds since the world's beginning. */
  readonly at: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const LOADS = 6;
const HASTY_SHARE = 0.25;
const HASTY_RHYTHM_MS = [10 * MINUTE_MS, HOUR_MS] as const;
const SPAN_MS = 2 * DAY_MS;

/** The world of a seed: two days, one to three tasks, two or three pipelines, six loads. */
export function planWorld(seed: number): WorldPlan {
  const random = createRandomStream(seed, 'world');
  const tasks = TASK_IDENTIFIERS.slice(0, random.whole(1, TASK_IDENTIFIERS.length));
  const loads = planLoads(random, tasks, SPAN_MS);
  return {
    seed,
    tasks,
    pipelines: choosePipelines(random, tasks),
    loads,
    oldLoads: tasks.filter(() => random.chance(0.3)),
    disturbedMs: SPAN_MS,
  };
}

/**
 * Each task loads in a rhythm of its own; tasks that belong together at about the same hour. In a hasty world the next load
 * comes while runs of the last ones may still wait for their turn.
 */
function planLoads(random: RandomStream, tasks: readonly TaskIdentifier[], spanMs: number) {
  const perTask = Math.ceil(LOADS / tasks.length);
  const rhythmMs = random.chance(HASTY_SHARE) ? random.between(...HASTY_RHYTHM_MS) : spanMs / perTask;
  return tasks
    .flatMap((task) =>
      Array.from({ length: perTask }, (_, index) => ({
        task,
        at: Math.round(
          10 * MINUTE_MS + index * rhythmMs + random.between(0, Math.min(rhythmMs / 2, 2 * HOUR_MS)),
        ),
      })),
    )
    .toSorted((a, b) => a.at - b.at);
}

/** Every task has a pipeline. */
function choosePipelines(random: RandomStream, tasks: readonly TaskIdentifier[]): readonly Pipeline[] {
  const possible = PIPELINE_CATALOG.filter((pipeline) =>
    pipeline.tasks.every((task) => tasks.some((known) => known === task)),
  );
  const chosen: Pipeline[] = [];
  for (const task of tasks) {
    if (chosen.some((pipeline) => pipeline.tasks.includes(task))) continue;
    chosen.push(random.pick(possible.filter((pipeline) => pipeline.tasks.includes(task))));
  }
  const wanted = Math.max(chosen.length, random.chance(0.2) ? 3 : 2);
  while (chosen.length < wanted) {
    const next = random.pick(possible);
    if (!chosen.includes(next)) chosen.push(next);
  }
  return chosen;
}
