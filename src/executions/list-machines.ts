import { ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { askService } from '../aws-errors/ask-service.ts';
import type { StepFunctions } from './start-execution.ts';

/**
 * ARNs of the Region's state machines by their names.
 * @throws ServiceUnavailable when Step Functions does not answer; InvalidConfig when it refuses the caller
 */
export async function listMachines(sfn: StepFunctions): Promise<ReadonlyMap<string, string>> {
  const machines = new Map<string, string>();
  let token: string | undefined;
  do {
    const page = token === undefined ? {} : { nextToken: token };
    const { stateMachines = [], nextToken } = await askAsPerson('ListStateMachines', () =>
      sfn.send(new ListStateMachinesCommand(page)),
    );
    for (const { name = '', stateMachineArn = '' } of stateMachines) machines.set(name, stateMachineArn);
    token = nextToken;
  } while (token !== undefined);
  return machines;
}

/** Asks Step Functions with the credentials of a person, who may lack the permission. */
export function askAsPerson<Output>(operation: string, ask: () => Promise<Output>): Promise<Output> {
  const advice = { AccessDeniedException: 'Allow the caller to list state machines and executions.' };
  return askService({ service: 'Step Functions', operation, advice }, ask);
}
