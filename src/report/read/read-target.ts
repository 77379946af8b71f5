import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { type Target, TargetSchema } from '../../data-api/target.ts';
import { askStepFunctions } from '../../executions/ask-step-functions.ts';
import type { StepFunctions } from '../../executions/start-execution.ts';
import { readObject } from '../../run-history/read-failure.ts';

const InputSchema = z.object({ target: TargetSchema });

/** The warehouse that an execution works in; undefined where its input does not say. @throws ServiceUnavailable, InvalidConfig */
export async function readTargetOf(sfn: StepFunctions, executionArn: string): Promise<Target | undefined> {
  const { input } = await askStepFunctions(`DescribeExecution of ${executionArn}`, () =>
    sfn.send(new DescribeExecutionCommand({ executionArn })),
  );
  return InputSchema.safeParse(readObject(input)).data?.target;
}
