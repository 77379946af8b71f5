import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { ServiceUnavailable } from '../errors/errors.ts';
import { askStepFunctions } from './ask-step-functions.ts';
import type { StepFunctions } from './start-execution.ts';

/**
 * When a state machine was created. Deployments that change it do not change the date.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html
 * @throws ServiceUnavailable when Step Functions does not answer: the caller is retried; InvalidConfig when it
 * refuses
 */
export async function readCreationDate(sfn: StepFunctions, stateMachineArn: string): Promise<Date> {
  const { creationDate } = await askStepFunctions(`DescribeStateMachine of ${stateMachineArn}`, () =>
    sfn.send(new DescribeStateMachineCommand({ stateMachineArn })),
  );
  if (creationDate === undefined)
    throw new ServiceUnavailable(`Step Functions did not say when ${stateMachineArn} was created`);
  return creationDate;
}
