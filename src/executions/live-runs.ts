import { ListExecutionsCommand, ListTagsForResourceCommand } from '@aws-sdk/client-sfn';
import { askAsPerson, listMachines } from './list-machines.ts';
import type { StepFunctions } from './start-execution.ts';

/** A run that is alive. */
export interface LiveRun {
  readonly pipeline: string;
  readonly name: string;
}

/**
 * Finds the runs of pipelines that are alive in a stage. A pipeline that was never deployed there has none. The lists
 * are eventually consistent: a run that has just started may be missing.
 * @throws ServiceUnavailable when Step Functions does not answer; InvalidConfig when it refuses the caller
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
    if (arn !== undefined) runs.push(...(await runsOf(sfn, pipeline, arn)));
  }
  return runs;
}

/**
 * Finds the runs that are alive in a stage, also runs of pipelines that are no longer in the code. The stack leaves
 * the state machine of such a pipeline behind, and it goes on using the stage's functions. It is recognised by the
 * tags that every machine is deployed with. Machines whose names do not end in the stage's name are not asked for
 * their tags.
 * @throws ServiceUnavailable when Step Functions does not answer; InvalidConfig when it refuses the caller
 */
export async function findStageRuns(
  sfn: StepFunctions,
  service: string,
  stage: string,
): Promise<readonly LiveRun[]> {
  const machines = [...(await listMachines(sfn))].filter(([name]) => name.endsWith(`-${stage}`));
  const runs: LiveRun[] = [];
  for (const [name, arn] of machines) {
    const tags = await tagsOf(sfn, arn);
    if (tags.get('service') !== service || tags.get('stage') !== stage) continue;
    runs.push(...(await runsOf(sfn, tags.get('pipeline') ?? name, arn)));
  }
  return runs;
}

async function runsOf(sfn: StepFunctions, pipeline: string, arn: string): Promise<readonly LiveRun[]> {
  const { executions = [] } = await askAsPerson('ListExecutions', () =>
    sfn.send(new ListExecutionsCommand({ stateMachineArn: arn, statusFilter: 'RUNNING' })),
  );
  return executions.map(({ name = '' }) => ({ pipeline, name }));
}

/** A machine that was deleted meanwhile has no tags. */
async function tagsOf(sfn: StepFunctions, arn: string): Promise<ReadonlyMap<string, string>> {
  const { tags = [] } = await askAsPerson('ListTagsForResource', () =>
    sfn.send(new ListTagsForResourceCommand({ resourceArn: arn })).catch((error: Error) => {
      if (error.name === 'ResourceNotFound') return { tags: [] };
      throw error;
    }),
  );
  return new Map(tags.map(({ key = '', value = '' }) => [key, value]));
}
