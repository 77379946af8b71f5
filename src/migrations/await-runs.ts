import type { Clock } from '../clock.ts';
import { MigrationFailed } from '../errors/errors.ts';
import { findLiveRuns, type LiveRun } from '../executions/live-runs.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import type { Migration } from './migration.ts';

/** Between two looks at the runs: they take minutes, and the lists are throttled. */
const LOOK_MS = 5_000;

export interface AwaitRunsOptions {
  readonly sfn: StepFunctions;
  readonly stage: string;
  /** Names of all pipelines. */
  readonly pipelines: readonly string[];
  readonly clock: Clock;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Told of runs that are waited for; without it they are not waited for. */
  onWait?(runs: string): void;
}

/** Names of the pipelines that migrations may be about. SQL is not read for that: a file may be about any. */
export function affectedPipelines(
  due: readonly Migration[],
  pipelines: readonly string[],
): readonly string[] {
  if (due.some(({ pipeline }) => pipeline === undefined)) return pipelines;
  return pipelines.filter((name) => due.some(({ pipeline }) => pipeline === name));
}

/**
 * Makes sure that no run of an affected pipeline is alive: its steps would find other tables and procedures than those it
 * began with.
 * @throws MigrationFailed naming the runs that are alive, when they are not to be waited for
 */
export async function awaitRuns(options: AwaitRunsOptions, due: readonly Migration[]): Promise<void> {
  const { sfn, stage, pipelines, clock, signal, onWait } = options;
  const affected = affectedPipelines(due, pipelines);
  for (let isTold = false; ; isTold = true) {
    const runs = await findLiveRuns(sfn, affected, stage);
    if (runs.length === 0) return;
    if (onWait === undefined)
      throw new MigrationFailed(`${describeRuns(runs)}; wait until it has ended, or pass --wait`);
    if (!isTold) onWait(describeRuns(runs));
    await clock.sleep(LOOK_MS, signal);
  }
}

export function describeRuns(runs: readonly LiveRun[]): string {
  const names = runs.map(({ pipeline, name }) => `${name} of ${pipeline}`);
  return `a run is alive: ${names.join(', ')}`;
}
