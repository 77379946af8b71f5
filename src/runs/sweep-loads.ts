import { executionArnOf } from '../arn.ts';
import type { Clock } from '../clock.ts';
import { cancelUntilEnded } from '../data-api/cancel.ts';
import type { DataApi } from '../data-api/describe.ts';
import { type FoundStatement, findRunning } from '../data-api/find-submitted.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import { describeExecution, type ExecutionState } from '../executions/describe-execution.ts';
import { readCreationDate } from '../executions/state-machine-age.ts';
import { STOPPED_STATUSES } from '../executions/status-event.ts';
import { type CurrentLoad, describeCurrentLoad, type FinishedLoad } from '../loads/current-load.ts';
import type { Dms, TaskName } from '../loads/describe-task.ts';
import {
  machineArnOf,
  type PipelineContext,
  type StartAnswer,
  type StartReason,
  startPipeline,
} from './start-pipeline.ts';
import { findOverdue } from './watch-hours.ts';

export interface SweepContext extends PipelineContext {
  readonly api: DataApi;
  readonly clock: Clock;
  readonly pipelines: readonly Pipeline[];
  /** Loads that ended before this time are not run. @default when the pipeline's state machine was created */
  readonly sweepFrom?: Date;
  /** Loads that ended more than this many hours ago are not run; a person may start them. */
  readonly lookBackHours: number;
  /** Hours without a published load after which it is overdue, for pipelines that have none of their own. */
  readonly hoursWithoutLoad: number;
}

/** What a sweep found and did. */
export interface SweepAnswer {
  /** Runs that it really started. */
  readonly started: number;
  readonly runs: readonly (StartAnswer & { readonly pipeline: string })[];
  /** Pipelines with a finished load that has waited longer than `companionHours` for the load of another task. */
  readonly missingCompanions: readonly string[];
  /** Pipelines that have published nothing for too long, or not since the run of their load has timed out. */
  readonly overdue: readonly string[];
  /** Pipelines that could not be swept this time; their `runs` say why. */
  readonly failed: readonly string[];
  /** Ids of statements that were cancelled because their execution is gone. */
  readonly reaped: readonly string[];
}

const HOUR_MS = 3_600_000;

/** How often to try to cancel a statement without an execution, about two seconds each. The next sweep tries again. */
const REAP_TURNS = 10;

/**
 * Starts runs for loads that no event has reported, and cancels statements whose execution has ended. It may run at
 * the same time as an event or another sweep, because StartExecution accepts a name once. A pipeline that cannot be
 * swept does not stop the others.
 */
export async function sweepLoads(context: SweepContext): Promise<SweepAnswer> {
  const runs: (StartAnswer & { readonly pipeline: string })[] = [];
  const failed: string[] = [];
  const fail = (pipeline: string, what: string) => {
    failed.push(pipeline);
    runs.push({ pipeline, outcome: 'ignored', reason: what });
  };
  const describeLoad = describeOnce(context.dms);
  /** Of the load that a pipeline's tasks hold now, by the pipeline's name. */
  const current = new Map<string, ExecutionState>();
  for (const pipeline of context.pipelines) {
    try {
      const describeRun = async (executionArn: string) => {
        const run = await describeExecution(context.sfn, executionArn);
        if (run !== undefined) current.set(pipeline.name, run);
        return run;
      };
      const answer = await sweepPipeline(context, pipeline, { describeLoad, describeRun });
      runs.push({ pipeline: pipeline.name, ...answer });
    } catch (error) {
      fail(pipeline.name, `could not be swept: ${String(error)}`);
    }
  }
  const { overdue, unknown } = await findOverdue(context, current);
  for (const { pipeline, reason } of unknown.filter((one) => !failed.includes(one.pipeline)))
    fail(pipeline, `may be overdue: ${reason}`);
  return {
    started: runs.filter(({ outcome }) => outcome === 'started').length,
    runs,
    missingCompanions: context.pipelines
      .filter((pipeline) => lacksCompanion(context, pipeline, runs))
      .map(({ name }) => name),
    overdue,
    failed,
    reaped: await reapOrphans(context),
  };
}

function lacksCompanion({ clock }: SweepContext, pipeline: Pipeline, runs: SweepAnswer['runs']): boolean {
  const { waitingSince } = runs.find((run) => run.pipeline === pipeline.name) ?? {};
  if (waitingSince === undefined) return false;
  return clock.now() - Date.parse(waitingSince) > pipeline.companionHours * HOUR_MS;
}

/** Asks DMS about each task only once: pipelines share tasks, and DMS allows few calls. */
function describeOnce(dms: Dms): (task: TaskName) => Promise<CurrentLoad> {
  const known = new Map<string, Promise<CurrentLoad>>();
  return (task) => {
    const load = known.get(task.arn) ?? describeCurrentLoad(dms, task);
    known.set(task.arn, load);
    return load;
  };
}

function sweepPipeline(
  context: SweepContext,
  pipeline: Pipeline,
  describe: Pick<StartReason, 'describeLoad' | 'describeRun'>,
): Promise<StartAnswer> {
  const refuse = (loads: readonly FinishedLoad[]) => reasonToLeave(context, pipeline, loads);
  return startPipeline(context, pipeline, {
    reason: 'sweep: no event has started it',
    refuse,
    ...describe,
  });
}

/** Why a load is not run: it ended too long ago, or before the pipeline was deployed. Undefined when it is run. */
async function reasonToLeave(
  context: SweepContext,
  pipeline: Pipeline,
  loads: readonly FinishedLoad[],
): Promise<string | undefined> {
  const { clock, lookBackHours } = context;
  const ended = Math.max(...loads.map(({ stoppedAt, startedAt }) => (stoppedAt ?? startedAt).getTime()));
  if (ended < clock.now() - lookBackHours * HOUR_MS)
    return `the load ended more than ${lookBackHours} hours ago`;
  const from = context.sweepFrom ?? (await readCreationDate(context.sfn, machineArnOf(context, pipeline)));
  return ended < from.getTime()
    ? `the load ended before ${from.toISOString()}, when sweeping began`
    : undefined;
}

/** Cancels statements of executions that were stopped or timed out, if stop-statements missed them. */
async function reapOrphans(context: SweepContext): Promise<readonly string[]> {
  const reaped: string[] = [];
  for (const statement of await findRunning(context.api)) {
    if (!(await isOrphan(context, statement))) continue;
    if (await cancelUntilEnded(context.api, statement.id, REAP_TURNS)) reaped.push(statement.id);
  }
  return reaped;
}

async function isOrphan(
  context: SweepContext,
  { executionName, executionArn, step }: FoundStatement,
): Promise<boolean> {
  // If the statement names its execution, its step may be one that the deployed definition no longer has.
  const candidates =
    executionArn === undefined
      ? context.pipelines.filter((pipeline) => pipeline.steps.some(({ name }) => name === step))
      : context.pipelines;
  const owners = candidates
    .map((pipeline) => executionArnOf(machineArnOf(context, pipeline), executionName))
    .filter((arn) => (executionArn ?? arn) === arn);
  for (const arn of owners) {
    const execution = await describeExecution(context.sfn, arn);
    if (execution !== undefined) return (STOPPED_STATUSES as readonly string[]).includes(execution.status);
  }
  return false;
}
