import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { executionArnOf } from '../arn.ts';
import { awsErrorName } from '../aws-errors/transient-error.ts';
import { askStepFunctions } from './ask-step-functions.ts';

/** Anything that sends Step Functions commands: the SDK's client, or a stand-in with the same `send`. */
export type StepFunctions = Pick<SFNClient, 'send'>;

export interface ExecutionStart {
  readonly outcome: 'started' | 'already-started';
  readonly executionArn: string;
}

const ALREADY_STARTED = 'ExecutionAlreadyExists';

/**
 * Starts an execution under a name that Step Functions accepts only once, so a load gets one run. The input differs
 * between invocations, so a second start is refused even while the first run is running.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 * @throws ServiceUnavailable, InvalidConfig
 */
export async function startExecution(
  sfn: StepFunctions,
  stateMachineArn: string,
  name: string,
  input: object,
): Promise<ExecutionStart> {
  try {
    await askStepFunctions(
      `StartExecution of ${stateMachineArn}`,
      () => sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) })),
      [ALREADY_STARTED],
    );
    return { outcome: 'started', executionArn: executionArnOf(stateMachineArn, name) };
  } catch (error) {
    if (awsErrorName(error) !== ALREADY_STARTED) throw error;
    return { outcome: 'already-started', executionArn: executionArnOf(stateMachineArn, name) };
  }
}
