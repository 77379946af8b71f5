import { RedriveExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { executionArnOf } from '../../arn.ts';
import { ServiceUnavailable } from '../../errors/errors.ts';
import { stateMachineArn } from '../../local/index.ts';
import { invokeFunction } from '../../local-stage/invoke-function.ts';
import type { ShownStack } from '../shown-stack.ts';
import { findPipeline } from './tasks.ts';

/** Stops a run. @throws the errors of StopExecution */
export async function requestStop({ sfn }: ShownStack, executionArn: string): Promise<string> {
  const cause = 'Stopped by hand in the local console';
  await sfn.send(new StopExecutionCommand({ executionArn, error: 'Stopped', cause }));
  return 'The run was stopped. Its statement is cancelled in the warehouse.';
}

/** Lets a run go on at the state that failed. @throws the errors of RedriveExecution */
export async function requestRedrive({ sfn }: ShownStack, executionArn: string): Promise<string> {
  await sfn.send(new RedriveExecutionCommand({ executionArn }));
  return 'The run goes on at the state that failed.';
}

/** Holds or releases a pipeline, by the request that a person would send to start-run. @throws InvalidConfig, ServiceUnavailable */
export async function askPipeline(
  shown: ShownStack,
  name: string,
  verb: 'hold' | 'release',
): Promise<string> {
  const pipeline = findPipeline(shown, name).name;
  const request = { pipeline, reason: 'by hand in the local console', [verb]: true };
  const { answer, failed } = await invokeFunction(shown.stack.url, 'start-run', request);
  if (failed) throw new ServiceUnavailable(`start-run: ${JSON.stringify(answer)}`);
  const { reason } = answer as { readonly reason?: string };
  return `start-run answers: ${reason ?? JSON.stringify(answer)}`;
}

/** ARN of a run of a machine of the local stack. */
export function localExecutionArn(machine: string, name: string): string {
  return executionArnOf(stateMachineArn(machine), name);
}
