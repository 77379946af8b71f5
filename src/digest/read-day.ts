import { arnName } from '../arn.ts';
import type { Deadline } from '../definition/deadline/deadline.ts';
import { addDays, momentOf } from '../definition/deadline/local-time.ts';
import { describeExecution } from '../executions/describe-execution.ts';
import { type ListedExecution, listExecutions } from '../executions/list-executions.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import { isPublished } from '../runs/published.ts';

/** From the first moment up to, not including, the second: epoch milliseconds. */
export interface DaySpan {
  readonly from: number;
  readonly to: number;
}

/** What a pipeline has done within a day. */
export interface PipelineDay {
  readonly machine: string;
  /** Loads that production shows since, each by the end of its run, the last one first. */
  readonly published: readonly PublishedLoad[];
  /** Runs that failed, timed out or were stopped. One that was redriven to its success is none of them. */
  readonly failed: number;
}

export interface PublishedLoad {
  /** When its run ended, epoch milliseconds. */
  readonly at: number;
  /** Since its start, or since it was redriven. */
  readonly runMs: number;
}

/** The list of executions lags. What ended later than this before the digest belongs to the next one. */
const LAG_MS = 5 * 60_000;

/** As many executions are looked through, newest first. */
const MOST_EXECUTIONS = 1_000;
/** A run can be redriven for 14 days. Those that were started earlier have ended before any day that is told of. */
const OLDEST_MS = 15 * 24 * 3_600_000;

/** The day that the digest of a date tells of: from one digest to the next, 23 or 25 hours where the clocks change. */
export function spanOfDigest({ at, timezone }: Deadline, day: string): DaySpan {
  const until = (date: string) => momentOf(date, at, timezone) - LAG_MS;
  return { from: until(addDays(day, -1)), to: until(day) };
}

/** What the runs of a state machine have come to within a time. @throws ServiceUnavailable, InvalidConfig */
export async function readDay(sfn: StepFunctions, machineArn: string, span: DaySpan): Promise<PipelineDay> {
  const ended = await runsEndedWithin(sfn, machineArn, span);
  const published: PublishedLoad[] = [];
  for (const { arn, since, at } of ended.filter(({ status }) => status === 'SUCCEEDED')) {
    const run = await describeExecution(sfn, arn);
    if (run !== undefined && isPublished(run)) published.push({ at, runMs: at - since.getTime() });
  }
  const failed = ended.filter(({ status }) => status !== 'SUCCEEDED').length;
  return { machine: arnName(machineArn), published: published.toSorted((a, b) => b.at - a.at), failed };
}

/** An execution, and when it ended, epoch milliseconds. */
type EndedExecution = ListedExecution & { readonly at: number };

/** A list is ordered by starts, and says when each has ended. */
async function runsEndedWithin(
  sfn: StepFunctions,
  machineArn: string,
  { from, to }: DaySpan,
): Promise<readonly EndedExecution[]> {
  const ended: EndedExecution[] = [];
  let seen = 0;
  for await (const execution of listExecutions(sfn, machineArn)) {
    const at = execution.endedAt?.getTime();
    if (at !== undefined && at >= from && at < to) ended.push({ ...execution, at });
    seen += 1;
    if (seen === MOST_EXECUTIONS || execution.since.getTime() < from - OLDEST_MS) break;
  }
  return ended;
}
