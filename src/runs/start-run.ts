import type { Pipeline } from '../definition/pipeline.ts';
import { InvalidConfig, InvalidEvent, LoadUnsettled } from '../errors.ts';
import { type CurrentLoad, type Dms, describeCurrentLoad } from '../loads/current-load.ts';
import { type DmsEvent, reasonToIgnore } from '../loads/dms-event.ts';
import { identifyLoad } from '../loads/load-identity.ts';
import type { Target } from '../statements/target.ts';
import { createRunInput } from './run-input.ts';
import { readRunRequest } from './run-request.ts';
import { type StepFunctions, startExecution } from './start-execution.ts';

/** What start-run did, and why. */
export interface StartRunAnswer {
  readonly outcome: 'started' | 'already-started' | 'ignored' | 'waiting' | 'held';
  readonly executionArn?: string;
  readonly reason: string;
}

export interface StartRunContext {
  readonly dms: Dms;
  readonly sfn: StepFunctions;
  readonly pipelines: readonly Pipeline[];
  /** ARN of each DMS task, by the identifier that pipelines use. */
  readonly taskArns: Readonly<Record<string, string>>;
  readonly stage: string;
  readonly target: Target;
  /** Id of this invocation. */
  readonly requestId: string;
}

/**
 * Starts the run of a pipeline for the load that DMS reports as finished; an event is only the hint to look.
 * @throws InvalidEvent when the input is malformed or names a pipeline that does not exist
 * @throws LoadUnsettled when DMS still shows the task running that the event says has stopped
 */
export async function startRun(context: StartRunContext, input: unknown): Promise<StartRunAnswer> {
  const request = readRunRequest(input);
  switch (request.kind) {
    case 'foreign':
      return ignored(request.reason);
    case 'manual':
      return startRequested(context, request.pipeline, request.reason);
    case 'event':
      return startForEvent(context, request.event);
  }
}

async function startRequested(
  context: StartRunContext,
  name: string,
  reason: string,
): Promise<StartRunAnswer> {
  const pipeline = context.pipelines.find((candidate) => candidate.name === name);
  if (pipeline === undefined) {
    const known = context.pipelines.map((candidate) => candidate.name).join(', ');
    throw new InvalidEvent(`there is no pipeline "${name}"; there are: ${known}`);
  }
  const load = await describeCurrentLoad(context.dms, taskArnOf(context, pipeline));
  return startForLoad(context, pipeline, load, reason);
}

async function startForEvent(context: StartRunContext, event: DmsEvent): Promise<StartRunAnswer> {
  const notOurs = reasonToIgnore(event);
  if (notOurs !== undefined) return ignored(notOurs);
  const pipeline = context.pipelines.find((candidate) =>
    event.resources.includes(taskArnOf(context, candidate)),
  );
  if (pipeline === undefined) return ignored(`no pipeline has the task ${event.resources.join(', ')}`);

  const load = await describeCurrentLoad(context.dms, taskArnOf(context, pipeline));
  if (load.kind === 'running' && load.startedAt.getTime() <= Date.parse(event.time)) {
    throw new LoadUnsettled(
      `DMS shows ${load.taskArn} as running, but an event of ${event.time} says it stopped`,
    );
  }
  return startForLoad(context, pipeline, load, `event ${event.id}`);
}

async function startForLoad(
  context: StartRunContext,
  pipeline: Pipeline,
  current: CurrentLoad,
  reason: string,
): Promise<StartRunAnswer> {
  if (current.kind !== 'finished') return ignored(`there is no finished load to run: ${current.reason}`);
  const [identifier = ''] = pipeline.tasks;
  const task = { identifier, arn: current.taskArn, startedAt: current.startedAt.toISOString() };
  const load = identifyLoad([task]);
  const { target, requestId } = context;
  const started = await startExecution(
    context.sfn,
    stateMachineArn(current.taskArn, `${pipeline.name}-${context.stage}`),
    load.id,
    createRunInput({ pipeline: pipeline.name, load, target, trigger: { requestId, reason } }),
  );
  const because = started.outcome === 'started' ? reason : `load ${load.id} has its run already`;
  return { ...started, reason: because };
}

function taskArnOf({ taskArns }: StartRunContext, pipeline: Pipeline): string {
  const [identifier = ''] = pipeline.tasks;
  const arn = taskArns[identifier];
  if (arn === undefined) throw new InvalidConfig(`no ARN is configured for the DMS task "${identifier}"`);
  return arn;
}

/** A state machine lives in the partition, Region and account of the DMS task that starts it. */
function stateMachineArn(taskArn: string, name: string): string {
  const [, partition, , region, account] = taskArn.split(':');
  return `arn:${partition}:states:${region}:${account}:stateMachine:${name}`;
}

function ignored(reason: string): StartRunAnswer {
  return { outcome: 'ignored', reason };
}
