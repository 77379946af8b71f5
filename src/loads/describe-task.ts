import {
  type DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
  type ReplicationTask,
} from '@aws-sdk/client-database-migration-service';
import { InvalidConfig } from '../errors/errors.ts';
import { isUnknownTask, toDmsError } from './dms-error.ts';

/** Anything that sends DMS commands: the SDK's client, or a stand-in with the same `send`. */
export type Dms = Pick<DatabaseMigrationServiceClient, 'send'>;

/** A DMS task as it is configured. */
export interface TaskName {
  readonly arn: string;
  /** Name that pipelines use; absent where it is not known. */
  readonly identifier?: string | undefined;
}

/**
 * A task as DMS describes it.
 * https://docs.aws.amazon.com/dms/latest/APIReference/API_DescribeReplicationTasks.html
 * @throws ServiceUnavailable when DMS does not answer
 * @throws InvalidConfig when DMS refuses, or has no task with this ARN; the message names the ARN that the task has
 * now
 */
export async function describeTask(dms: Dms, { arn, identifier }: TaskName): Promise<ReplicationTask> {
  const tasks = await listTasks(dms, 'replication-task-arn', arn);
  const task = tasks.find(({ ReplicationTaskArn }) => ReplicationTaskArn === arn);
  if (task !== undefined) return task;
  throw new InvalidConfig(`no DMS task has the ARN ${arn}: ${await whereItIs(dms, identifier)}`);
}

async function whereItIs(dms: Dms, identifier: string | undefined): Promise<string> {
  if (identifier === undefined) return 'it was deleted, or created again with another ARN';
  const [task] = await listTasks(dms, 'replication-task-id', identifier);
  const arn = task?.ReplicationTaskArn;
  return arn === undefined
    ? `there is also no task called "${identifier}". Create it, put its ARN into the stage's parameter dmsTasks, and deploy`
    : `"${identifier}" was created again and has the ARN ${arn} now. Put that ARN into the stage's parameter dmsTasks, and deploy. Until then its loads are not run`;
}

/** DMS answers a filter that matches nothing with an error. */
async function listTasks(dms: Dms, filter: string, value: string): Promise<readonly ReplicationTask[]> {
  const Filters = [{ Name: filter, Values: [value] }];
  try {
    const command = new DescribeReplicationTasksCommand({ Filters, WithoutSettings: true });
    const { ReplicationTasks = [] } = await dms.send(command);
    return ReplicationTasks;
  } catch (error) {
    if (isUnknownTask(error)) return [];
    throw toDmsError(`which load ${value} has`, error);
  }
}
