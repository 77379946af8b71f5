import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { stateMachineArnOfExecution } from '../../arn.ts';
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

/**
 * How long the statement of each step took in the last runs that succeeded before a run, by step, milliseconds. What a run found done
 * already says nothing.
 * @param before when the run was started, milliseconds since 1970
 * @throws ServiceUnavailable, InvalidConfig
 */
export async function readDurationsBefore(
  sfn: StepFunctions,
  executionArn: string,
  before: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, number[]>();
  let runs = 0;
  for await (const { arn, since } of listExecutions(
    sfn,
    stateMachineArnOfExecution(executionArn),
    'SUCCEEDED',
  )) {
    // Lists and histories may round a moment differently.
    if (arn === executionArn || since.getTime() >= before) continue;
    for (const [step, ms] of await durationsOf(sfn, arn)) found.set(step, [...(found.get(step) ?? []), ms]);
    runs += 1;
    if (runs === RUNS) break;
  }
  return found;
}

async function durationsOf(sfn: StepFunctions, executionArn: string): Promise<readonly [string, number][]> {
  const { output } = await askStepFunctions(`DescribeExecution of ${executionArn}`, () =>
    sfn.send(new DescribeExecutionCommand({ executionArn })),
  );
  const parsed = OutputSchema.safeParse(readObject(output));
  if (!parsed.success) return [];
  return Object.entries(parsed.data.steps).flatMap(([step, { durationMs, alreadyApplied }]) =>
    durationMs === undefined || alreadyApplied ? [] : [[step, durationMs] as [string, number]],
  );
}
