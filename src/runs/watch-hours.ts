import type { Clock } from '../clock.ts';
import { hoursWithoutLoadOf } from '../definition/hours-without-load.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import { describeExecution, type ExecutionState } from '../executions/describe-execution.ts';
import { listExecutions } from '../executions/list-executions.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import { readCreationDate } from '../executions/state-machine-age.ts';
import { isPublished } from './published.ts';
import { machineArnOf, type PipelineContext } from './start-pipeline.ts';

export interface OverdueAnswer {
  /** Pipelines that have published nothing for too long. */
  readonly overdue: readonly string[];
  /** Pipelines for which this could not be found out, and why. */
  readonly unknown: readonly { readonly pipeline: string; readonly reason: string }[];
}

interface WatchContext extends PipelineContext {
  readonly clock: Clock;
  readonly pipelines: readonly Pipeline[];
  readonly hoursWithoutLoad: number;
}

const HOUR_MS = 3_600_000;

/**
 * Finds pipelines whose load is overdue: nothing was published within their hours, or since the run of the load in staging has timed
 * out. Most pipelines have published that load not long ago, so nobody needs to be asked about them.
 * @param current the run of the load that a pipeline's tasks hold now, by the pipeline's name
 */
export async function findOverdue(
  context: WatchContext,
  current: ReadonlyMap<string, ExecutionState>,
): Promise<OverdueAnswer> {
  const overdue: string[] = [];
  const unknown: { pipeline: string; reason: string }[] = [];
  for (const pipeline of context.pipelines) {
    const run = current.get(pipeline.name);
    const since = dueSince(context, pipeline, run);
    if (since === undefined || (run !== undefined && isPublishedSince(run, since))) continue;
    try {
      if (await isNothingPublished(context.sfn, machineArnOf(context, pipeline), since))
        overdue.push(pipeline.name);
    } catch (error) {
      unknown.push({ pipeline: pipeline.name, reason: String(error) });
    }
  }
  return { overdue, unknown };
}

/** The time since which a load must have been published, epoch milliseconds; undefined where none has to be. */
function dueSince(
  { clock, hoursWithoutLoad }: WatchContext,
  pipeline: Pipeline,
  run: ExecutionState | undefined,
): number | undefined {
  const hours = hoursWithoutLoadOf(pipeline, hoursWithoutLoad);
  const times = [
    ...(hours === 'never' ? [] : [clock.now() - hours * HOUR_MS]),
    ...(run?.status === 'TIMED_OUT' && run.endedAt !== undefined ? [run.endedAt.getTime()] : []),
  ];
  return times.length === 0 ? undefined : Math.max(...times);
}

/**
 * Whether a state machine existed at a time and has published nothing since.
 * @param since epoch milliseconds
 * @throws ServiceUnavailable when Step Functions does not answer: the next sweep asks again
 */
async function isNothingPublished(sfn: StepFunctions, machine: string, since: number): Promise<boolean> {
  for await (const { arn } of listExecutions(sfn, machine, 'SUCCEEDED')) {
    const run = await describeExecution(sfn, arn);
    if (run === undefined || !isPublished(run)) continue;
    if (isPublishedSince(run, since)) return false;
    break;
  }
  return (await readCreationDate(sfn, machine)).getTime() <= since;
}

function isPublishedSince(run: ExecutionState, since: number): boolean {
  return isPublished(run) && (run.endedAt?.getTime() ?? 0) >= since;
}
