import { executionArnOf } from '../arn.ts';
import type { DeadlineDay } from '../definition/deadline/deadline-days.ts';
import { describeExecution } from '../executions/describe-execution.ts';
import { listExecutions } from '../executions/list-executions.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import { loadStartOf } from '../loads/load-identity.ts';
import { isPublished } from '../runs/published.ts';

/** As many executions are looked through, newest first: those of a day are among them. */
const MOST_EXECUTIONS = 100;

/** A run of a load that was started for a day. */
export interface DayRun {
  readonly arn: string;
  readonly name: string;
  readonly status: string;
  readonly isAlive: boolean;
  /** A superseded run succeeds, too. */
  readonly isPublished: boolean;
  /** When its load was started, epoch milliseconds. */
  readonly loadStartedAt: number;
}

/** Runs of loads that were started for a day, newest first. */
export async function listDayRuns(
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
  const runs = await Promise.all(names.map((name) => readDayRun(sfn, machine, name)));
  return runs.filter((run) => run !== undefined);
}

export function isOfDay(name: string, { loadsFrom, loadsBefore }: DeadlineDay): boolean {
  const startedAt = loadStartOf(name);
  return startedAt !== undefined && startedAt >= loadsFrom && startedAt < loadsBefore;
}

/** How a run stands; undefined if there is none of this name. */
export async function readDayRun(
  sfn: StepFunctions,
  machine: string,
  name: string,
): Promise<DayRun | undefined> {
  const arn = executionArnOf(machine, name);
  const known = await describeExecution(sfn, arn);
  if (known === undefined) return undefined;
  const { status } = known;
  return {
    ...{ arn, name, status, loadStartedAt: loadStartOf(name) ?? 0 },
    isAlive: status === 'RUNNING' || status === 'PENDING_REDRIVE',
    isPublished: isPublished(known),
  };
}
