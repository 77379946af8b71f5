import type { Pipeline } from '../definition/pipeline.ts';
import { InvalidConfig } from '../errors/errors.ts';
import { type CurrentLoad, type Dms, describeCurrentLoad, type FinishedLoad } from '../loads/current-load.ts';
import { identifyLoad, type Load } from '../loads/load-identity.ts';
import type { Target } from '../statements/target.ts';
import { describeExecution } from './describe-execution.ts';
import { readHold } from './hold.ts';
import { readLastRunLoads } from './last-run.ts';
import { judgeLoadSet, type LoadSet } from './load-set.ts';
import { createRunInput } from './run-input.ts';
import { type StepFunctions, startExecution } from './start-execution.ts';
import { executionArnOf, stateMachineArnOf } from './state-machine-arn.ts';

/** What was done for a pipeline, and why. */
export interface StartAnswer {
  readonly outcome: 'started' | 'already-started' | 'ignored' | 'waiting' | 'held';
  readonly executionArn?: string;
  readonly reason: string;
  /** While loads wait for their companions: when the last of them ended, ISO 8601. */
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
export interface StartReason {
  readonly reason: string;
  /** Number of a deliberate second run of the same load. */
  readonly rerun?: number | undefined;
  /** Further conditions: why a load that is ready is not to be run after all. */
  readonly refuse?: (loads: readonly FinishedLoad[]) => Promise<string | undefined>;
  /** Finds a task's load, by ARN. @default DMS is asked */
  readonly describeLoad?: (taskArn: string) => Promise<CurrentLoad>;
}

/**
 * Starts a pipeline's run for the loads that DMS reports, unless there is one, the pipeline is held, or loads are missing.
 * Event, sweep and hand take this path, and come to the same name for the same loads. Whether there is a run of that name is
 * asked first, for nearly always there is; StartExecution decides between those who were told that there is none.
 * @throws ServiceUnavailable, RedshiftUnavailable, InvalidConfig, and what Step Functions throws: the caller is asked again
 */
export async function startPipeline(
  context: PipelineContext,
  pipeline: Pipeline,
  how: StartReason,
): Promise<StartAnswer> {
  const machine = machineOf(context, pipeline);
  const { describeLoad = (arn) => describeCurrentLoad(context.dms, arn) } = how;
  const loads = await Promise.all(taskArnsOf(context, pipeline).map(describeLoad));
  const known = await findRun(context, pipeline, machine, loads, how.rerun);
  if (known !== undefined) return known;
  const hold = await readHold(context.sfn, machine);
  if (hold !== undefined) return { outcome: 'held', reason: `the pipeline is held: ${hold}` };

  const set = await findLoadSet(context, pipeline, machine, loads);
  if (set.kind === 'none') return { outcome: 'ignored', reason: set.reason };
  if (set.kind === 'waiting') {
    return { outcome: 'waiting', reason: set.reason, waitingSince: set.since.toISOString() };
  }
  const refusal = await how.refuse?.(set.loads);
  if (refusal !== undefined) return { outcome: 'ignored', reason: refusal };

  const load = nameLoad(context, pipeline, set.loads, how.rerun);
  const trigger = { requestId: context.requestId, reason: how.reason };
  const input = createRunInput({ pipeline: pipeline.name, load, target: context.target, trigger });
  const started = await startExecution(context.sfn, machine, load.id, input);
  return started.outcome === 'started' ? { ...started, reason: how.reason } : alreadyStarted(started, load);
}

/** The run of exactly these loads, where there is one. */
async function findRun(
  context: PipelineContext,
  pipeline: Pipeline,
  machine: string,
  loads: readonly CurrentLoad[],
  rerun: number | undefined,
): Promise<StartAnswer | undefined> {
  const finished = loads.filter((load) => load.kind === 'finished');
  if (finished.length < loads.length) return undefined;
  const load = nameLoad(context, pipeline, finished, rerun);
  const executionArn = executionArnOf(machine, load.id);
  const run = await describeExecution(context.sfn, executionArn);
  return run && alreadyStarted({ executionArn }, load);
}

function alreadyStarted({ executionArn }: { readonly executionArn: string }, { id }: Load): StartAnswer {
  return { outcome: 'already-started', executionArn, reason: `load ${id} has its run already` };
}

async function findLoadSet(
  context: PipelineContext,
  pipeline: Pipeline,
  machine: string,
  loads: readonly CurrentLoad[],
): Promise<LoadSet> {
  // With one task, the name alone says whether its load has been run.
  const lastRun = loads.length === 1 ? {} : await readLastRunLoads(context.sfn, machine);
  return judgeLoadSet(loads, pipeline.windowHours, lastRun);
}

function nameLoad(
  context: PipelineContext,
  pipeline: Pipeline,
  loads: readonly FinishedLoad[],
  rerun: number | undefined,
): Load {
  const load = identifyLoad(
    loads.map(({ taskArn, startedAt }) => ({
      identifier: pipeline.tasks.find((identifier) => context.taskArns[identifier] === taskArn) ?? '',
      arn: taskArn,
      startedAt: startedAt.toISOString(),
    })),
  );
  // The fence knows loads by their id: one that is to be run again needs its own.
  return rerun === undefined ? load : { ...load, id: `${load.id}-r${rerun}` };
}

/** ARNs of a pipeline's tasks, in their order. @throws InvalidConfig naming the task that has none */
export function taskArnsOf(
  { taskArns }: Pick<PipelineContext, 'taskArns'>,
  pipeline: Pipeline,
): readonly string[] {
  return pipeline.tasks.map((identifier) => {
    const arn = taskArns[identifier];
    if (arn === undefined) throw new InvalidConfig(`no ARN is configured for the DMS task "${identifier}"`);
    return arn;
  });
}

/** ARN of a pipeline's state machine. */
export function machineOf(context: Pick<PipelineContext, 'taskArns' | 'stage'>, pipeline: Pipeline): string {
  const [arn = ''] = taskArnsOf(context, pipeline);
  return stateMachineArnOf(arn, pipeline.name, context.stage);
}
