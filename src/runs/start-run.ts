import type { Clock } from '../clock.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import { InvalidEvent, ServiceUnavailable } from '../errors/errors.ts';
import { holdPipeline, releasePipeline } from '../executions/hold.ts';
import { type CurrentLoad, describeCurrentLoad } from '../loads/current-load.ts';
import type { TaskName } from '../loads/describe-task.ts';
import { type DmsEvent, reasonToIgnore } from '../loads/dms-event.ts';
import { settleEvent } from '../loads/settle-event.ts';
import { EVENT_REASON } from './run-input.ts';
import { type ManualRequest, readRunRequest } from './run-request.ts';
import {
  machineArnOf,
  type PipelineContext,
  type StartAnswer,
  startPipeline,
  tasksOf,
} from './start-pipeline.ts';

export interface StartRunContext extends PipelineContext {
  readonly pipelines: readonly Pipeline[];
  readonly clock: Clock;
}

/** What start-run did. When several pipelines share a task, `runs` has the answer for each. */
export interface StartRunAnswer extends StartAnswer {
  readonly runs?: readonly (StartAnswer & { readonly pipeline: string })[];
}

/** Milliseconds to pause before DMS is asked again whether it shows what an event says. */
const SETTLE_PAUSES_MS = [1_000, 3_000];

/** Which answer is given for all, when an event concerns several pipelines. */
const PRECEDENCE = ['started', 'held', 'waiting', 'already-started', 'ignored'] as const;

/**
 * Starts the run of a pipeline for the load that DMS reports as finished. An event is only the hint to ask DMS.
 * @throws InvalidEvent when the input is malformed or names a pipeline that does not exist
 * @throws ServiceUnavailable when DMS lags behind the event: the event must be delivered again
 */
export async function startRun(context: StartRunContext, input: unknown): Promise<StartRunAnswer> {
  const request = readRunRequest(input);
  switch (request.kind) {
    case 'foreign':
      return { outcome: 'ignored', reason: request.reason };
    case 'manual':
      return handleRequest(context, request.request);
    case 'event':
      return handleEvent(context, request.event);
  }
}

async function handleRequest(context: StartRunContext, request: ManualRequest): Promise<StartAnswer> {
  const { reason, rerun, continue: next, hold, by, release } = request;
  const pipeline = pipelineOf(context, request.pipeline);
  const machine = machineArnOf(context, pipeline);
  if (hold) {
    const why = by === undefined ? reason : `by ${by} because ${reason}`;
    await holdPipeline(context.sfn, machine, why);
    return { outcome: 'held', reason: `the pipeline is held: ${why}` };
  }
  if (release) await releasePipeline(context.sfn, machine);
  return startPipeline(context, pipeline, { reason, rerun, continue: next, isByHand: true });
}

async function handleEvent(context: StartRunContext, event: DmsEvent): Promise<StartRunAnswer> {
  const notOurs = reasonToIgnore(event);
  if (notOurs !== undefined) return { outcome: 'ignored', reason: notOurs };
  const concerned = context.pipelines.filter((pipeline) =>
    tasksOf(context, pipeline).some(({ arn }) => event.resources.includes(arn)),
  );
  if (concerned.length === 0) {
    return { outcome: 'ignored', reason: `no pipeline uses the task ${event.resources.join(', ')}` };
  }
  const settled = await settle(context, event);
  if (typeof settled === 'string') return { outcome: 'ignored', reason: settled };
  const how = {
    reason: `${EVENT_REASON}${event.id}`,
    isExpected: true,
    describeLoad: async (task: TaskName) =>
      task.arn === settled.taskArn ? settled : describeCurrentLoad(context.dms, task),
  };
  const runs: (StartAnswer & { readonly pipeline: string })[] = [];
  for (const pipeline of concerned) {
    const answer = await startPipeline(context, pipeline, how);
    runs.push({ pipeline: pipeline.name, ...answer });
  }
  return summarize(runs);
}

/**
 * The load of an event's task, once DMS has caught up with the event; or why the event is out of date. @throws ServiceUnavailable
 * when DMS does not catch up
 */
async function settle(context: StartRunContext, event: DmsEvent): Promise<CurrentLoad | string> {
  const [identifier = '', arn = ''] =
    Object.entries(context.taskArns).find(([, known]) => event.resources.includes(known)) ?? [];
  for (let look = 0; ; look += 1) {
    const load = await describeCurrentLoad(context.dms, { identifier, arn });
    const meaning = settleEvent(load, event.time);
    if (meaning.kind === 'settled') return load;
    if (meaning.kind === 'stale') return meaning.reason;
    const pauseMs = SETTLE_PAUSES_MS[look];
    if (pauseMs === undefined) throw new ServiceUnavailable(meaning.reason);
    await context.clock.sleep(pauseMs);
  }
}

function summarize(runs: readonly (StartAnswer & { readonly pipeline: string })[]): StartRunAnswer {
  const first = PRECEDENCE.flatMap((outcome) => runs.filter((run) => run.outcome === outcome))[0];
  if (first === undefined) return { outcome: 'ignored', reason: 'the event is about no pipeline' };
  const { pipeline: _, ...answer } = first;
  return runs.length === 1 ? answer : { ...answer, runs };
}

function pipelineOf({ pipelines }: StartRunContext, name: string): Pipeline {
  const pipeline = pipelines.find((candidate) => candidate.name === name);
  if (pipeline !== undefined) return pipeline;
  throw new InvalidEvent(
    `there is no pipeline "${name}"; the pipelines are: ${pipelines.map((known) => known.name).join(', ')}`,
  );
}
