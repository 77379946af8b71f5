import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { awsErrorName } from '../aws-errors/transient-error.ts';
import { askStepFunctions } from './ask-step-functions.ts';
import type { StepFunctions } from './start-execution.ts';

export interface ExecutionState {
  readonly status: string;
  readonly redriveCount: number;
  readonly endedAt?: Date;
  /** JSON; absent unless it succeeded. */
  readonly output?: string;
}

const UNKNOWN = 'ExecutionDoesNotExist';

/**
 * How an execution stands, or undefined when none has this ARN.
 * @throws ServiceUnavailable when Step Functions does not answer: the caller is retried; InvalidConfig when it
 * refuses
 */
export async function describeExecution(
  sfn: StepFunctions,
  executionArn: string,
): Promise<ExecutionState | undefined> {
  try {
    const {
      status = 'RUNNING',
      redriveCount = 0,
      stopDate,
      output,
    } = await askStepFunctions(
      `DescribeExecution of ${executionArn}`,
      () => sfn.send(new DescribeExecutionCommand({ executionArn })),
      [UNKNOWN],
    );
    return { status, redriveCount, ...(stopDate && { endedAt: stopDate }), ...(output && { output }) };
  } catch (error) {
    if (awsErrorName(error) === UNKNOWN) return undefined;
    throw error;
  }
}
