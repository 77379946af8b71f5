import { executionArnOf } from '../arn.ts';
import type { DeadlineDay } from '../definition/deadline/deadline-days.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import { describeExecution, type ExecutionState } from '../executions/describe-execution.ts';
import { readHold } from '../executions/hold.ts';
import { listExecutions } from '../executions/list-executions.ts';
import { readHistory } from '../executions/read-history.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import { type CurrentLoad, describeCurrentLoad } from '../loads/current-load.ts';
import type { Dms } from '../loads/describe-task.ts';
import { loadStartOf } from '../loads/load-identity.ts';
import type { LoadStanding, RunningPart } from '../notifications/load-standing.ts';
import { readRun } from '../run-history/read-run.ts';
import { failedStage, type Run } from '../run-history/run.ts';
import { isPublished } from '../runs/published.ts';
import { nameRun } from '../runs/run-name.ts';
import { tasksOf } from '../runs/start-pipeline.ts';
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
      /** When the load was started, epoch milliseconds. */
      readonly loadStartedAt?: number;
    };

/** As many executions are looked through, newest first: those of a day are among them. */
const MOST_EXECUTIONS = 100;

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
  if (runs.some(isPublished)) return { kind: 'published' };
  try {
    return await readOpenDay(context, pipeline, machine, { day, runs });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'open', standing: { kind: 'unknown', reason } };
  }
}

/** A run of a load that was started for a day. */
interface DayRun extends ExecutionState {
  readonly arn: string;
  readonly name: string;
}

/** Runs of loads that were started for a day, newest first. */
async function listDayRuns(
  sfn: StepFunctions,
  machine: string,
  day: DeadlineDay,
): Promise<readonly DayRun[]> {
  const names: string[] = [];
  let seen = 0;
  for await (const { name } of listExecutions(sfn, machine)) {
    if (isOfDay(name, day)) names.push(name);
    seen += 1;
    if (seen === MOST_EXECUTIONS) break;
  }
  const runs = await Promise.all(names.map((name) => describeRun(sfn, machine, name)));
  return runs.filter((run) => run !== undefined);
}

function isOfDay(name: string, { loadsFrom, loadsBefore }: DeadlineDay): boolean {
  const startedAt = loadStartOf(name);
  return startedAt !== undefined && startedAt >= loadsFrom && startedAt < loadsBefore;
}

async function describeRun(sfn: StepFunctions, machine: string, name: string): Promise<DayRun | undefined> {
  const arn = executionArnOf(machine, name);
  const state = await describeExecution(sfn, arn);
  return state && { arn, name, ...state };
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
  const [newest] = runs;
  const hold = await readHold(context.sfn, machine);
  const held = hold === undefined ? {} : { held: hold };
  if (newest !== undefined && isAlive(newest)) {
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
    const unlisted = await describeRun(context.sfn, machine, name);
    if (unlisted !== undefined && isPublished(unlisted)) return { kind: 'published' };
    if (unlisted !== undefined)
      return readOpenDay(context, pipeline, machine, { day, runs: [unlisted, ...runs] });
  }
  if (newest !== undefined && isLatest(newest, loads))
    return { kind: 'open', standing: await readFailed(context, pipeline, newest), ...held };
  const fresh = loads.filter(({ load }) => startOf(load) >= day.loadsFrom);
  const standing = await judgeDayLoads(context.dms, loads, fresh, hold);
  const since =
    fresh.length === 0 ? {} : { loadStartedAt: Math.max(...fresh.map(({ load }) => startOf(load))) };
  return { kind: 'open', standing, ...since, ...(standing.kind === 'held' ? {} : held) };
}

/** Whether no load was started after that of a run which ended without success. */
function isLatest({ name, status }: DayRun, loads: readonly NamedLoad[]): boolean {
  const startedAt = loadStartOf(name) ?? 0;
  return status !== 'SUCCEEDED' && loads.every(({ load }) => startOf(load) <= startedAt);
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

function isAlive({ status }: DayRun): boolean {
  return status === 'RUNNING' || status === 'PENDING_REDRIVE';
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
