import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { arnName, stateMachineArnOfExecution } from '../../arn.ts';
import { askStepFunctions } from '../../executions/ask-step-functions.ts';
import { listExecutions } from '../../executions/list-executions.ts';
import type { StepFunctions } from '../../executions/start-execution.ts';
import { readObject } from '../../run-history/read-failure.ts';

/** As many runs say what is usual. */
const RUNS = 20;

const OutputSchema = z.object({
  steps: z.record(
    z.string(),
    z.object({ durationMs: z.number().optional(), alreadyApplied: z.boolean().optional() }),
  ),
});

/** A run that succeeded. */
export interface PastRun {
  /** Name of the execution. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly redrives: number;
  /** Whether production shows its load; a superseded run succeeds, too. */
  readonly isPublished: boolean;
  /** How long the statement of each step took, milliseconds. What the run found done already says nothing. */
  readonly stepMs: ReadonlyMap<string, number>;
}

/**
 * How long the statement of each step took in the last runs that succeeded before a run, by step, milliseconds.
 * @param before when the run was started, milliseconds since 1970
 * @throws ServiceUnavailable, InvalidConfig
 */
export async function readDurationsBefore(
  sfn: StepFunctions,
  executionArn: string,
  before: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const machine = stateMachineArnOfExecution(executionArn);
  return durationsByStep(await readPastRuns(sfn, machine, before, executionArn));
}

/** The durations of each step in some runs. */
export function durationsByStep(runs: readonly PastRun[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const { stepMs } of runs)
    for (const [step, ms] of stepMs) found.set(step, [...(found.get(step) ?? []), ms]);
  return found;
}

/**
 * The last runs of a machine that succeeded and were started before a moment, newest first. Step Functions keeps them for 90 days.
 * @param without ARN of an execution that is left out
 * @throws ServiceUnavailable, InvalidConfig
 */
export async function readPastRuns(
  sfn: StepFunctions,
  stateMachineArn: string,
  before: number,
  without?: string,
): Promise<readonly PastRun[]> {
  const runs: PastRun[] = [];
  for await (const { arn, since } of listExecutions(sfn, stateMachineArn, 'SUCCEEDED')) {
    // Lists and histories may round a moment differently.
    if (arn === without || since.getTime() >= before) continue;
    runs.push(await readPastRun(sfn, arn));
    if (runs.length === RUNS) break;
  }
  return runs;
}

/** A run that succeeded. @throws ServiceUnavailable, InvalidConfig */
async function readPastRun(sfn: StepFunctions, executionArn: string): Promise<PastRun> {
  const { name, startDate, stopDate, redriveCount, output } = await askStepFunctions(
    `DescribeExecution of ${executionArn}`,
    () => sfn.send(new DescribeExecutionCommand({ executionArn })),
  );
  const written = readObject(output);
  const { steps } = OutputSchema.safeParse(written).data ?? { steps: {} };
  return {
    name: name ?? arnName(executionArn),
    startedAt: startDate?.getTime() ?? 0,
    endedAt: stopDate?.getTime() ?? 0,
    redrives: redriveCount ?? 0,
    isPublished: written.outcome === 'published',
    stepMs: new Map(
      Object.entries(steps).flatMap(([step, { durationMs, alreadyApplied }]) =>
        durationMs === undefined || alreadyApplied ? [] : [[step, durationMs] as const],
      ),
    ),
  };
}
