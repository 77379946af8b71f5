import { askService } from '../aws-errors/ask-service.ts';

const NOT_DEPLOYED = 'There is no such state machine: deploy the pipeline to this stage.';

/**
 * Calls Step Functions about something of a pipeline.
 * @param operation and what it is about, for people
 * @param expected names of errors that are answers to the caller
 * @throws ServiceUnavailable when it does not answer: the caller is asked again
 * @throws InvalidConfig when it refuses, which is so until somebody deploys; or the expected error
 */
export function askStepFunctions<Answer>(
  operation: string,
  ask: () => Promise<Answer>,
  expected: readonly string[] = [],
): Promise<Answer> {
  const advice = { StateMachineDoesNotExist: NOT_DEPLOYED, ResourceNotFound: NOT_DEPLOYED };
  return askService({ service: 'Step Functions', operation, expected, advice }, ask);
}
