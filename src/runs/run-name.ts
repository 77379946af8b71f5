import type { Pipeline } from '../definition/pipeline.ts';
import type { FinishedLoad } from '../loads/current-load.ts';
import { identifyLoad, type Load } from '../loads/load-identity.ts';

/** Which run of a load is requested: the first one, a rerun, or a continuation of either. */
export interface RunNumbers {
  /** Number of a rerun: the load gets a new ID, so the fence does not know it and every step is run again. */
  readonly rerun?: number | undefined;
  /** Number of a continuation: the load keeps its ID, so the fence knows which steps took effect. */
  readonly continue?: number | undefined;
}

/** A run before it is started: its load, and the name of its execution. */
export interface RunName {
  /** As the fence knows it. */
  readonly load: Load;
  readonly name: string;
}

/**
 * Names the run of loads, which are one for each task of the pipeline, in the order of the tasks. The fence knows a
 * load by its ID. So a rerun changes the ID (`-rN`). A continuation keeps the ID and changes only the name of the
 * execution (`-cN`).
 */
export function nameRun(
  pipeline: Pipeline,
  loads: readonly FinishedLoad[],
  { rerun, continue: next }: RunNumbers,
): RunName {
  const load = identifyLoad(
    loads.map(({ taskArn, startedAt }, index) => ({
      identifier: pipeline.tasks[index] ?? '',
      arn: taskArn,
      startedAt: startedAt.toISOString(),
    })),
  );
  const id = rerun === undefined ? load.id : `${load.id}-r${rerun}`;
  return { load: { ...load, id }, name: next === undefined ? id : `${id}-c${next}` };
}

/** Whether a run is the first one of its load. Reruns and continuations begin long after the load was found. */
export function isFirstRun(name: string): boolean {
  const { rerun, continue: next } = readRunName(name);
  return rerun === undefined && next === undefined;
}

/** At most three digits: the hash at the end of a load's ID has twelve, and may begin with a c. */
const NAME = /^(?<base>.*?)(?:-r(?<rerun>\d{1,3}))?(?:-c(?<next>\d{1,3}))?$/;

/** What an execution's name says: the load's ID as computed from DMS's answer, and which run of the load it is. */
export function readRunName(name: string): RunNumbers & { readonly baseLoadId: string } {
  const { base = name, rerun, next } = NAME.exec(name)?.groups ?? {};
  return {
    baseLoadId: base,
    rerun: rerun === undefined ? undefined : Number(rerun),
    continue: next === undefined ? undefined : Number(next),
  };
}
