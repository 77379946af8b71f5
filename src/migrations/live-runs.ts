import { ListExecutionsCommand, ListStateMachinesCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { toTypedError } from '../statements/api-error.ts';

/** Anything that sends Step Functions commands. */
export type StepFunctions = Pick<SFNClient, 'send'>;

/** A run that is alive. */
export interface LiveRun {
  readonly pipeline: string;
  readonly name: string;
}

/**
 * Finds the runs of pipelines that are alive in a stage. A pipeline that was never deployed there has none. The lists
 * are eventually consistent: a run that has just started may be missing.
 * @throws RedshiftUnavailable, InvalidConfig when Step Functions does not answer, or not to this caller
 */
export async function findLiveRuns(
  sfn: StepFunctions,
  pipelines: readonly string[],
  stage: string,
): Promise<readonly LiveRun[]> {
  const machines = await listMachines(sfn);
  const runs: LiveRun[] = [];
  for (const pipeline of pipelines) {
    const arn = machines.get(`${pipeline}-${stage}`);
    if (arn === undefined) continue;
    const { executions = [] } = await answer('ListExecutions', () =>
      sfn.send(new ListExecutionsCommand({ stateMachineArn: arn, statusFilter: 'RUNNING' })),
    );
    runs.push(...executions.map(({ name = '' }) => ({ pipeline, name })));
  }
  return runs;
}

/** ARNs of the Region's state machines by their names. */
async function listMachines(sfn: StepFunctions): Promise<ReadonlyMap<string, string>> {
  const machines = new Map<string, string>();
  let token: string | undefined;
  do {
    const page = token === undefined ? {} : { nextToken: token };
    const { stateMachines = [], nextToken } = await answer('ListStateMachines', () =>
      sfn.send(new ListStateMachinesCommand(page)),
    );
    for (const { name = '', stateMachineArn = '' } of stateMachines) machines.set(name, stateMachineArn);
    token = nextToken;
  } while (token !== undefined);
  return machines;
}

async function answer<Output>(operation: string, ask: () => Promise<Output>): Promise<Output> {
  try {
    return await ask();
  } catch (error) {
    throw toTypedError(operation, error);
  }
}
