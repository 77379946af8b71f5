import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { ServiceUnavailable } from '../errors/errors.ts';
import type { StepFunctions } from './start-execution.ts';

export interface ExecutionState {
  readonly status: string;
  readonly redriveCount: number;
}

/**
 * Where an execution stands, or undefined when there is none of this ARN.
 * @throws ServiceUnavailable when Step Functions does not answer: the caller is asked again
 */
export async function describeExecution(
  sfn: StepFunctions,
  executionArn: string,
): Promise<ExecutionState | undefined> {
  try {
    const { status = 'RUNNING', redriveCount = 0 } = await sfn.send(
      new DescribeExecutionCommand({ executionArn }),
    );
    return { status, redriveCount };
  } catch (error) {
    if (error instanceof Error && error.name === 'ExecutionDoesNotExist') return undefined;
    throw new ServiceUnavailable(`Step Functions did not say how ${executionArn} stands: ${String(error)}`, {
      cause: error,
    });
  }
}
