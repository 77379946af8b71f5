import type { Clock } from '../clock.ts';
import { MigrationFailed } from '../errors/errors.ts';
import { findLiveRuns, type LiveRun } from '../executions/live-runs.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import type { Migration } from './migration.ts';

/** Milliseconds between two looks at the runs: runs take minutes, and the lists are throttled. */
const LOOK_MS = 5_000;

export interface AwaitRunsOptions {
  readonly sfn: StepFunctions;
  readonly stage: string;
  /** Names of all pipelines. */
  readonly pipelines: readonly string[];
  readonly clock: Clock;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Called with the runs to wait for. Without it, a live run is an error. */
  onWait?(runs: string): void;
}

/** Names of the pipelines that migrations may affect. The SQL is not analysed: a file may affect any pipeline. */
export function affectedPipelines(
  due: readonly Migration[],
  pipelines: readonly string[],
): readonly string[] {
  // No run under way needs the record of runs.
  if (due.some(({ pipeline, kind }) => pipeline === undefined && kind !== 'record of runs')) return pipelines;
  return pipelines.filter((name) => due.some(({ pipeline }) => pipeline === name));
}

/**
 * Makes sure that no run of an affected pipeline is alive, because the steps of a run must find the tables and
 * procedures that it began with.
 * @throws MigrationFailed naming the live runs, unless they are waited for
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
