import { arnName } from '../arn.ts';
import type { Deadline } from '../definition/deadline/deadline.ts';
import { addDays, momentOf } from '../definition/deadline/local-time.ts';
import { type ListedExecution, listExecutions } from '../executions/list-executions.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import { readPastRun } from '../report/read/read-durations.ts';

/** From the first moment up to, not including, the second: epoch milliseconds. */
export interface Span {
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
  readonly runMs: number;
}

/** The list of executions lags. What ended later than this before the digest belongs to the next one. */
const LAG_MS = 5 * 60_000;

/** As many executions are looked through, newest first. */
const MOST_EXECUTIONS = 1_000;
/** A run can be redriven for 14 days. Those that were started earlier have ended before any day that is told of. */
const OLDEST_MS = 15 * 24 * 3_600_000;

/** The day that the digest of a date tells of: from one digest to the next, 23 or 25 hours where the clocks change. */
export function spanOfDigest({ at, timezone }: Deadline, day: string): Span {
  const until = (date: string) => momentOf(date, at, timezone) - LAG_MS;
  return { from: until(addDays(day, -1)), to: until(day) };
}

/** What the runs of a state machine have come to within a time. @throws ServiceUnavailable, InvalidConfig */
export async function readDay(sfn: StepFunctions, machineArn: string, span: Span): Promise<PipelineDay> {
  const ended = await runsEndedWithin(sfn, machineArn, span);
  const published: PublishedLoad[] = [];
  for (const { arn } of ended.filter(({ status }) => status === 'SUCCEEDED')) {
    const { isPublished, startedAt, endedAt } = await readPastRun(sfn, arn);
    if (isPublished) published.push({ at: endedAt, runMs: endedAt - startedAt });
  }
  const failed = ended.filter(({ status }) => status !== 'SUCCEEDED').length;
  return { machine: arnName(machineArn), published: published.toSorted((a, b) => b.at - a.at), failed };
}

/** A list is ordered by starts, and says when each has ended. */
async function runsEndedWithin(
  sfn: StepFunctions,
  machineArn: string,
  { from, to }: Span,
): Promise<readonly ListedExecution[]> {
  const ended: ListedExecution[] = [];
  let seen = 0;
  for await (const execution of listExecutions(sfn, machineArn)) {
    const at = execution.endedAt?.getTime();
    if (at !== undefined && at >= from && at < to) ended.push(execution);
    seen += 1;
    if (seen === MOST_EXECUTIONS || execution.since.getTime() < from - OLDEST_MS) break;
  }
  return ended;
}
