import type { Pipeline } from '../definition/pipeline.ts';
import type { FinishedLoad } from '../loads/current-load.ts';
import { identifyLoad, type Load } from '../loads/load-identity.ts';

/** Which run of a load is asked for: its first, a deliberate second one, or one that goes on with either. */
export interface RunNumbers {
  /** Number of a run past the fence: the load gets an id of its own. */
  readonly rerun?: number | undefined;
  /** Number of a run within the fence: the load keeps its id. */
  readonly continue?: number | undefined;
}

/** A run before it is started: what it is about, and its execution's name. */
export interface RunName {
  /** As the fence knows it. */
  readonly load: Load;
  readonly name: string;
}

/**
 * Names the run of loads, one of each of the pipeline's tasks in their order. The fence knows a load by its id: one that is to be run again needs its own (`-rN`), one that is
 * to be gone on with must keep it, and only the execution gets another name (`-cN`).
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

/** Whether a run is the first one of its load: the others begin long after it was found. */
export function isFirstRun(name: string): boolean {
  const { rerun, continue: next } = readRunName(name);
  return rerun === undefined && next === undefined;
}

/** Three digits at most: the hash at the end of a load's id may begin with a c, and has twelve. */
const NAME = /^(?<base>.*?)(?:-r(?<rerun>\d{1,3}))?(?:-c(?<next>\d{1,3}))?$/;

/** What an execution's name tells: the load's id as DMS's answer makes it, and which run of it this is. */
export function readRunName(name: string): RunNumbers & { readonly baseLoadId: string } {
  const { base = name, rerun, next } = NAME.exec(name)?.groups ?? {};
  return {
    baseLoadId: base,
    rerun: rerun === undefined ? undefined : Number(rerun),
    continue: next === undefined ? undefined : Number(next),
  };
}
