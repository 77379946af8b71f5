import type { DeadlineDay } from '../definition/deadline/deadline-days.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import { readHold } from '../executions/hold.ts';
import { readHistory } from '../executions/read-history.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import { type CurrentLoad, describeCurrentLoad } from '../loads/current-load.ts';
import type { Dms } from '../loads/describe-task.ts';
import type { LoadStanding, RunningPart } from '../notifications/load-standing.ts';
import { readRun } from '../run-history/read-run.ts';
import { failedStage, type Run } from '../run-history/run.ts';
import { nameRun } from '../runs/run-name.ts';
import { tasksOf } from '../runs/start-pipeline.ts';
import { type DayRun, isOfDay, listDayRuns, readDayRun } from './day-runs.ts';
import { judgeDayLoads, type NamedLoad } from './judge-loads.ts';

export interface StandingContext {
  readonly dms: Dms;
  readonly sfn: StepFunctions;
  /** ARN of each DMS task, by the identifier that pipelines use. */
  readonly taskArns: Readonly<Record<string, string>>;
}

/** How the load of a day stands. */
export type DayState =
  | { readonly kind: 'published' }
  | {
      readonly kind: 'open';
      readonly standing: LoadStanding;
      /** Why the pipeline is held. */
      readonly held?: string;
      /** The run that is alive. */
      readonly run?: Run;
      /** When the load was started that DMS is at, epoch milliseconds. */
      readonly loadStartedAt?: number;
    };

/**
 * Finds out how the load of a day stands. Runs come first, because a load that is published needs no more questions. The list of
 * executions lags, and AWS names no limit: it says which runs there are, and each of them says itself how it stands.
 * @throws ServiceUnavailable, InvalidConfig where Step Functions does not say whether the load is published
 */
export async function readDayState(
  context: StandingContext,
  pipeline: Pipeline,
  machine: string,
  day: DeadlineDay,
): Promise<DayState> {
  const runs = await listDayRuns(context.sfn, machine, day);
  if (runs.some(({ isPublished }) => isPublished)) return { kind: 'published' };
  try {
    return await readOpenDay(context, pipeline, machine, { day, runs });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'open', standing: { kind: 'unknown', reason } };
  }
}

interface OpenDay {
  readonly day: DeadlineDay;
  /** Newest first. */
  readonly runs: readonly DayRun[];
}

async function readOpenDay(
  context: StandingContext,
  pipeline: Pipeline,
  machine: string,
  { day, runs }: OpenDay,
): Promise<DayState> {
  // An older run may have been redriven.
  const newest = runs.find(({ isAlive }) => isAlive) ?? runs[0];
  const hold = await readHold(context.sfn, machine);
  const held = hold === undefined ? {} : { held: hold };
  if (newest?.isAlive) {
    const run = readRun(pipeline, await readHistory(context.sfn, newest.arn));
    const standing: LoadStanding = { kind: 'running', executionArn: newest.arn, at: runningParts(run) };
    return { kind: 'open', standing, run, ...held };
  }
  const loads = await Promise.all(
    tasksOf(context, pipeline).map(async (task) => ({
      identifier: task.identifier,
      load: await describeCurrentLoad(context.dms, task),
    })),
  );
  const name = nameOfLoads(pipeline, loads);
  if (name !== undefined && isOfDay(name, day) && !runs.some((run) => run.name === name)) {
    const unlisted = await readDayRun(context.sfn, machine, name);
    if (unlisted?.isPublished) return { kind: 'published' };
    if (unlisted !== undefined)
      return readOpenDay(context, pipeline, machine, { day, runs: [unlisted, ...runs] });
  }
  if (newest !== undefined && isLatest(newest, loads))
    return { kind: 'open', standing: await readFailed(context, pipeline, newest), ...held };
  const fresh = freshLoads(loads, day, newest);
  const standing = await judgeDayLoads(context.dms, loads, fresh, hold);
  const loadStartedAt = Math.max(0, ...fresh.map(({ load }) => startOf(load)));
  return { kind: 'open', standing, loadStartedAt, ...(standing.kind === 'held' ? {} : held) };
}

/** Whether no load was started after that of a run which ended without success. */
function isLatest(run: DayRun, loads: readonly NamedLoad[]): boolean {
  return run.status !== 'SUCCEEDED' && loads.every(({ load }) => startOf(load) <= run.loadStartedAt);
}

/** Loads of the day that no run of it has used: these wait for their companions anew. */
function freshLoads(
  loads: readonly NamedLoad[],
  { loadsFrom }: DeadlineDay,
  newest: DayRun | undefined,
): readonly NamedLoad[] {
  const used = newest?.loadStartedAt ?? 0;
  return loads.filter(({ load }) => startOf(load) >= loadsFrom && startOf(load) > used);
}

/** When a load was started, epoch milliseconds; 0 where DMS does not show it. */
function startOf({ startedAt }: CurrentLoad): number {
  return startedAt?.getTime() ?? 0;
}

/** Name of the first run of the loads that the tasks hold now; undefined unless all have finished. */
function nameOfLoads(pipeline: Pipeline, loads: readonly NamedLoad[]): string | undefined {
  const finished = loads.flatMap(({ load }) => (load.kind === 'finished' ? [load] : []));
  return finished.length < loads.length ? undefined : nameRun(pipeline, finished, {}).name;
}

/** What a run is at, in the order of its parts. */
function runningParts({ turn, verification, steps, confirmation }: Run): readonly RunningPart[] {
  const parts = [
    { ...turn, name: 'the wait for its turn' },
    { ...verification, name: 'the check that the load is complete' },
    ...steps,
    { ...confirmation, name: 'the check that staging still holds the load' },
  ];
  return parts
    .filter(({ state }) => state === 'running')
    .map(({ name, startedAt }) => ({ name, ...(startedAt === undefined ? {} : { since: startedAt }) }));
}

async function readFailed(
  { sfn }: StandingContext,
  pipeline: Pipeline,
  { arn, status }: DayRun,
): Promise<LoadStanding> {
  const run = readRun(pipeline, await readHistory(sfn, arn));
  const { error = `States.${status}`, cause = '' } = run.failure ?? {};
  const step = failedStage(run)?.name;
  return {
    kind: 'failed',
    ...{ executionArn: arn, status, error, cause, redrives: run.redrives },
    ...(run.endedAt === undefined ? {} : { endedAt: run.endedAt }),
    ...(step === undefined ? {} : { step }),
  };
}
