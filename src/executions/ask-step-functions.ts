import { askService } from '../aws-errors/ask-service.ts';

const NOT_DEPLOYED = 'There is no such state machine: deploy the pipeline to this stage.';

/**
 * Calls Step Functions about a pipeline.
 * @param operation the operation and what it is about, for people
 * @param expected names of errors that are answers for the caller
 * @throws ServiceUnavailable when Step Functions does not answer: the caller is retried
 * @throws InvalidConfig when Step Functions refuses, which only a deployment can change; or the expected error
 */
export function askStepFunctions<Answer>(
  operation: string,
  ask: () => Promise<Answer>,
  expected: readonly string[] = [],
): Promise<Answer> {
  const advice = { StateMachineDoesNotExist: NOT_DEPLOYED, ResourceNotFound: NOT_DEPLOYED };
  return askService({ service: 'Step Functions', operation, expected, advice }, ask);
}
