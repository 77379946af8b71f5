import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { executionArnOf } from './state-machine-arn.ts';

/** Anything that sends Step Functions commands: the SDK's client, or a stand-in with the same `send`. */
export type StepFunctions = Pick<SFNClient, 'send'>;

export interface ExecutionStart {
  readonly outcome: 'started' | 'already-started';
  readonly executionArn: string;
}

/**
 * Starts an execution under a name that only one can ever have: StartExecution is the test-and-set that makes a
 * load's run unique. The input differs between invocations, so a second start is refused even while the first runs.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export async function startExecution(
  sfn: StepFunctions,
  stateMachineArn: string,
  name: string,
  input: object,
): Promise<ExecutionStart> {
  try {
    await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
    return { outcome: 'started', executionArn: executionArnOf(stateMachineArn, name) };
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ExecutionAlreadyExists')) throw error;
    return { outcome: 'already-started', executionArn: executionArnOf(stateMachineArn, name) };
  }
}
