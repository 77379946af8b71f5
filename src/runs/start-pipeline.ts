import { executionArnOf, stateMachineArnOf } from '../arn.ts';
import type { Target } from '../data-api/target.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import { InvalidConfig } from '../errors/errors.ts';
import { describeExecution, type ExecutionState } from '../executions/describe-execution.ts';
import { readHold } from '../executions/hold.ts';
import { type StepFunctions, startExecution } from '../executions/start-execution.ts';
import { type CurrentLoad, describeCurrentLoad, type FinishedLoad } from '../loads/current-load.ts';
import type { Dms, TaskName } from '../loads/describe-task.ts';
import { commitsByItself } from '../steps/step.ts';
import { judgeLoadSet, type LoadSet } from './load-set.ts';
import { createRunInput, readLastRunLoads } from './run-input.ts';
import { nameRun, type RunName, type RunNumbers } from './run-name.ts';
import { describeWaysOn } from './ways-on.ts';

/** What was done for a pipeline, and why. */
export interface StartAnswer {
  readonly outcome: 'started' | 'already-started' | 'ignored' | 'waiting' | 'held';
  readonly executionArn?: string;
  readonly reason: string;
  /** When the last of the waiting loads ended, ISO 8601. Present only with outcome `waiting`. */
  readonly waitingSince?: string;
}

export interface PipelineContext {
  readonly dms: Dms;
  readonly sfn: StepFunctions;
  /** ARN of each DMS task, by the identifier that pipelines use. */
  readonly taskArns: Readonly<Record<string, string>>;
  readonly stage: string;
  readonly target: Target;
  /** Id of this invocation. */
  readonly requestId: string;
}

/** Why a run is to be started, and how. */
export interface StartReason extends RunNumbers {
  readonly reason: string;
  /** Whether a person asked. The answer then says which requests are possible when the load has a run already. */
  readonly isByHand?: boolean;
  /** Whether hardly any of these loads has a run yet. Then the hold is asked for without knowing whether there is one. */
  readonly isExpected?: boolean;
  /** A further condition: says why a load that is ready must not be run, or undefined. */
  readonly refuse?: (loads: readonly FinishedLoad[]) => Promise<string | undefined>;
  /** Finds a task's load. @default DMS is asked */
  readonly describeLoad?: (task: TaskName) => Promise<CurrentLoad>;
  /** Finds a run by its ARN. @default Step Functions is asked */
  readonly describeRun?: (executionArn: string) => Promise<ExecutionState | undefined>;
}

/**
 * Starts a pipeline's run for the loads that DMS reports, unless it has a run, the pipeline is held, or loads are
 * missing. Events, the sweep and requests by hand all use this function, and name the same loads alike. It first asks
 * whether a run of that name exists, because nearly always one does. If two callers both find none, StartExecution
 * accepts one of them.
 * @throws ServiceUnavailable when DMS or Step Functions does not answer: the caller is retried; InvalidConfig when
 * one of them refuses
 */
export async function startPipeline(
  context: PipelineContext,
  pipeline: Pipeline,
  how: StartReason,
): Promise<StartAnswer> {
  const machine = machineArnOf(context, pipeline);
  const { describeLoad = (task) => describeCurrentLoad(context.dms, task) } = how;
  const loads = await Promise.all(tasksOf(context, pipeline).map(describeLoad));
  const held = how.isExpected ? readHold(context.sfn, machine) : undefined;
  held?.catch(() => undefined);
  const known = await findRun(context, pipeline, loads, how);
  if (known !== undefined) return known;
  const hold = await (held ?? readHold(context.sfn, machine));
  if (hold !== undefined) return { outcome: 'held', reason: `the pipeline is held: ${hold}` };

  const set = await findLoadSet(context, pipeline, machine, loads);
  if (set.kind === 'none') return { outcome: 'ignored', reason: set.reason };
  if (set.kind === 'waiting') {
    return { outcome: 'waiting', reason: set.reason, waitingSince: set.since.toISOString() };
  }
  const refusal = await how.refuse?.(set.loads);
  if (refusal !== undefined) return { outcome: 'ignored', reason: refusal };

  const run = nameRun(pipeline, set.loads, how);
  const trigger = { requestId: context.requestId, reason: how.reason };
  const about = { pipeline: pipeline.name, load: run.load, target: context.target };
  const input = createRunInput({ ...about, trigger });
  const started = await startExecution(context.sfn, machine, run.name, input);
  if (started.outcome === 'already-started') return alreadyStarted(context, pipeline, run, how);
  return { ...started, reason: `${how.reason}${warning(pipeline, how)}` };
}

/**
 * The existing run for exactly these loads and this request, or why there can be none; undefined when a run may be
 * started.
 */
async function findRun(
  context: PipelineContext,
  pipeline: Pipeline,
  loads: readonly CurrentLoad[],
  how: StartReason,
): Promise<StartAnswer | undefined> {
  const finished = loads.filter((load) => load.kind === 'finished');
  if (finished.length < loads.length) return undefined;
  const run = nameRun(pipeline, finished, how);
  const { describeRun = (arn) => describeExecution(context.sfn, arn) } = how;
  const find = (name: string) => describeRun(executionArnOf(machineArnOf(context, pipeline), name));
  if ((await find(run.name)) !== undefined) return alreadyStarted(context, pipeline, run, how);
  if (how.continue === undefined || (await find(run.load.id)) !== undefined) return undefined;
  // A run started under the name of a continuation would not be found by the sweep, which would start a second one.
  const reason = `load ${run.load.id} has no run yet that could be continued. Send the request without "continue" to start one`;
  return { outcome: 'ignored', reason };
}

async function alreadyStarted(
  context: PipelineContext,
  pipeline: Pipeline,
  run: RunName,
  { isByHand }: StartReason,
): Promise<StartAnswer> {
  const machine = machineArnOf(context, pipeline);
  const known = `load ${run.load.id} already has a run`;
  return {
    outcome: 'already-started',
    executionArn: executionArnOf(machine, run.name),
    reason: isByHand ? `${known}${await describeWaysOn(context.sfn, machine, pipeline, run)}` : known,
  };
}

/** A warning about steps without a fence: a continuation runs them again. */
function warning({ steps }: Pipeline, how: StartReason): string {
  const unfenced = steps.filter(commitsByItself).map(({ name }) => name);
  if (how.continue === undefined || unfenced.length === 0) return '';
  return ` (${unfenced.join(', ')} runs again: a step that commits by itself has no fence, so nobody knows whether it took effect)`;
}

async function findLoadSet(
  context: PipelineContext,
  pipeline: Pipeline,
  machine: string,
  loads: readonly CurrentLoad[],
): Promise<LoadSet> {
  // With one task, the name of the run is enough to tell whether its load has been run.
  const lastRun = loads.length === 1 ? {} : await readLastRunLoads(context.sfn, machine);
  return judgeLoadSet(loads, pipeline.windowHours, lastRun);
}

/** A pipeline's tasks, in their order. @throws InvalidConfig naming the one that has no ARN */
export function tasksOf(
  { taskArns }: Pick<PipelineContext, 'taskArns'>,
  pipeline: Pipeline,
): readonly { readonly identifier: string; readonly arn: string }[] {
  return pipeline.tasks.map((identifier) => {
    const arn = taskArns[identifier];
    if (arn === undefined) throw new InvalidConfig(`the stage has no ARN for the DMS task "${identifier}"`);
    return { identifier, arn };
  });
}

/** ARN of a pipeline's state machine. */
export function machineArnOf(
  context: Pick<PipelineContext, 'taskArns' | 'stage'>,
  pipeline: Pipeline,
): string {
  const [task] = tasksOf(context, pipeline);
  return stateMachineArnOf(task?.arn ?? '', pipeline.name, context.stage);
}
