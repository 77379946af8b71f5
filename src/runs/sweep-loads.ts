import { executionArnOf } from '../arn.ts';
import type { Clock } from '../clock.ts';
import { cancelUntilEnded } from '../data-api/cancel.ts';
import type { DataApi } from '../data-api/describe.ts';
import { type FoundStatement, findRunning } from '../data-api/find-submitted.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import { describeExecution } from '../executions/describe-execution.ts';
import { readCreationDate } from '../executions/state-machine-age.ts';
import { STOPPED_STATUSES } from '../executions/status-event.ts';
import { type CurrentLoad, describeCurrentLoad, type FinishedLoad } from '../loads/current-load.ts';
import type { Dms, TaskName } from '../loads/describe-task.ts';
import { machineArnOf, type PipelineContext, type StartAnswer, startPipeline } from './start-pipeline.ts';
import { type OverdueAnswer, watchHours } from './watch-hours.ts';

export interface SweepContext extends PipelineContext {
  readonly api: DataApi;
  readonly clock: Clock;
  readonly pipelines: readonly Pipeline[];
  /** Loads that ended before are not run. @default when the pipeline's state machine was made */
  readonly sweepFrom?: Date;
  /** Loads that ended longer ago are left to a person. */
  readonly lookBackHours: number;
}

/** What a sweep found and did. */
export interface SweepAnswer {
  /** Runs that it really started. */
  readonly started: number;
  readonly runs: readonly (StartAnswer & { readonly pipeline: string })[];
  /** Pipelines of which a task has been finished for longer than its companions may be missing. */
  readonly missingCompanions: readonly string[];
  readonly watched: OverdueAnswer['watched'];
  /** Pipelines that could not be swept this time; their `runs` say why. */
  readonly failed: readonly string[];
  /** Ids of statements that were cancelled because their execution is gone. */
  readonly reaped: readonly string[];
}

const HOUR_MS = 3_600_000;

/** Tries to cancel each orphan, about two seconds apart; what is left is for the next sweep. */
const REAP_TURNS = 10;

/**
 * Looks for loads that no event told of, and for statements that outlived their execution. Harmless beside an event, and
 * twice at once: StartExecution is the test-and-set. A pipeline that cannot be swept does not keep the others from it.
 */
export async function sweepLoads(context: SweepContext): Promise<SweepAnswer> {
  const runs: (StartAnswer & { readonly pipeline: string })[] = [];
  const failed: string[] = [];
  const fail = (pipeline: string, what: string) => {
    failed.push(pipeline);
    runs.push({ pipeline, outcome: 'ignored', reason: what });
  };
  const describeLoad = describeOnce(context.dms);
  for (const pipeline of context.pipelines) {
    try {
      runs.push({ pipeline: pipeline.name, ...(await sweepPipeline(context, pipeline, describeLoad)) });
    } catch (error) {
      fail(pipeline.name, `could not be swept: ${String(error)}`);
    }
  }
  const { watched, unknown } = await watchHours(context);
  for (const { pipeline, reason } of unknown) fail(pipeline, `may be overdue: ${reason}`);
  return {
    started: runs.filter(({ outcome }) => outcome === 'started').length,
    runs,
    missingCompanions: context.pipelines
      .filter((pipeline) => lacksCompanion(context, pipeline, runs))
      .map(({ name }) => name),
    watched,
    failed: [...new Set(failed)],
    reaped: await reapOrphans(context),
  };
}

function lacksCompanion({ clock }: SweepContext, pipeline: Pipeline, runs: SweepAnswer['runs']): boolean {
  const { waitingSince } = runs.find((run) => run.pipeline === pipeline.name) ?? {};
  if (waitingSince === undefined) return false;
  return clock.now() - Date.parse(waitingSince) > pipeline.companionHours * HOUR_MS;
}

/** Pipelines share tasks, and DMS allows few calls: it is asked once about each. */
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
  describeLoad: (task: TaskName) => Promise<CurrentLoad>,
): Promise<StartAnswer> {
  const refuse = (loads: readonly FinishedLoad[]) => reasonToLeave(context, pipeline, loads);
  return startPipeline(context, pipeline, {
    reason: 'sweep: no event has started it',
    refuse,
    describeLoad,
  });
}

/** A load is left alone that ended too long ago, or before the pipeline was there to run it. */
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

/** Cancels statements of executions that were stopped or timed out, and were not seen when that happened. */
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
  // Where the statement tells its execution, its step need not be one of the definition that is deployed now.
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
