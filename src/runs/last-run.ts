import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { askStepFunctions } from '../executions/ask-step-functions.ts';
import { listExecutions } from '../executions/list-executions.ts';
import type { StepFunctions } from '../executions/start-execution.ts';

const RunInputSchema = z.object({
  load: z.object({ tasks: z.array(z.object({ arn: z.string(), startedAt: z.string() })) }),
});

/**
 * Start of the load of each task that a pipeline's last started run was about, by task ARN; empty before the first.
 * @throws ServiceUnavailable, InvalidConfig
 */
export async function readLastRunLoads(
  sfn: StepFunctions,
  stateMachineArn: string,
): Promise<Readonly<Record<string, string>>> {
  for await (const { arn } of listExecutions(sfn, stateMachineArn)) {
    const { input } = await askStepFunctions(`DescribeExecution of ${arn}`, () =>
      sfn.send(new DescribeExecutionCommand({ executionArn: arn })),
    );
    const parsed = RunInputSchema.safeParse(JSON.parse(input ?? 'null'));
    if (parsed.success)
      return Object.fromEntries(parsed.data.load.tasks.map((task) => [task.arn, task.startedAt]));
  }
  return {};
}
