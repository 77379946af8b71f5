import { StartReplicationTaskCommand } from '@aws-sdk/client-database-migration-service';
import { InvalidConfig } from '../../errors/errors.ts';
import { describeTask } from '../../loads/describe-task.ts';
import { localTaskArn } from '../../local-stage/local-stage.ts';
import type { ShownStack } from '../shown-stack.ts';

/** Starts a full load of each DMS task of a pipeline. Answers what was done, in words. @throws InvalidConfig, the errors of DMS */
export async function loadPipeline(shown: ShownStack, name: string): Promise<string> {
  const { tasks } = findPipeline(shown, name);
  await Promise.all(tasks.map((task) => startTask(shown, task)));
  return `The full load of ${tasks.join(' and ')} has started. Its end starts a run.`;
}

/** DMS takes `start-replication` of a task that has never run, and a reload of one that has. */
async function startTask({ dms }: ShownStack, identifier: string): Promise<void> {
  const arn = localTaskArn(identifier);
  const { Status } = await describeTask(dms, { arn, identifier });
  const type = Status === 'ready' ? 'start-replication' : 'reload-target';
  await dms.send(
    new StartReplicationTaskCommand({ ReplicationTaskArn: arn, StartReplicationTaskType: type }),
  );
}

/** @throws InvalidConfig where the stack has no such pipeline */
export function findPipeline({ pipelines }: ShownStack, name: string) {
  const pipeline = pipelines.find((candidate) => candidate.name === name);
  if (pipeline === undefined) throw new InvalidConfig(`there is no pipeline "${name}"`);
  return pipeline;
}
