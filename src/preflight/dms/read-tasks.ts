import {
  type Connection,
  DescribeConnectionsCommand,
  DescribeReplicationTasksCommand,
  type ReplicationTask,
} from '@aws-sdk/client-database-migration-service';
import { InvalidConfig } from '../../errors/errors.ts';
import { type Dms, describeTask } from '../../loads/describe-task.ts';
import { isUnknownTask, toDmsError } from '../../loads/dms-error.ts';

/** A task that pipelines name. */
export interface NamedTask {
  readonly identifier: string;
  readonly arn: string;
}

/** What DMS says of a task: itself, or why there is none. */
export type ReadTask = NamedTask & ({ readonly task: ReplicationTask } | { readonly missing: string });

/** Values of a filter that DMS is asked for at once. */
const ARNS_AT_ONCE = 50;

/** Each task with its mappings and settings. @throws ServiceUnavailable, InvalidConfig */
export async function readTasks(dms: Dms, named: readonly NamedTask[]): Promise<readonly ReadTask[]> {
  const groups = Array.from({ length: Math.ceil(named.length / ARNS_AT_ONCE) }, (_, index) =>
    named.slice(index * ARNS_AT_ONCE, (index + 1) * ARNS_AT_ONCE).map(({ arn }) => arn),
  );
  const found = (await Promise.all(groups.map((arns) => describeTasks(dms, arns)))).flat();
  return Promise.all(
    named.map(async ({ identifier, arn }): Promise<ReadTask> => {
      const task = found.find(({ ReplicationTaskArn }) => ReplicationTaskArn === arn);
      return task === undefined
        ? { identifier, arn, missing: await whyMissing(dms, { identifier, arn }) }
        : { identifier, arn, task };
    }),
  );
}

async function describeTasks(dms: Dms, arns: readonly string[]): Promise<readonly ReplicationTask[]> {
  const tasks: ReplicationTask[] = [];
  const Filters = [{ Name: 'replication-task-arn', Values: [...arns] }];
  let Marker: string | undefined;
  do {
    const command = new DescribeReplicationTasksCommand({ Filters, WithoutSettings: false, Marker });
    const page = await dms.send(command).catch((error: unknown) => {
      if (isUnknownTask(error)) return { ReplicationTasks: [] };
      throw toDmsError(`what ${arns.join(', ')} are`, error);
    });
    tasks.push(...(page.ReplicationTasks ?? []));
    Marker = 'Marker' in page ? page.Marker : undefined;
  } while (Marker !== undefined);
  return tasks;
}

async function whyMissing(dms: Dms, task: NamedTask): Promise<string> {
  try {
    await describeTask(dms, task);
    return `no DMS task had the ARN ${task.arn} a moment ago`;
  } catch (error) {
    if (error instanceof InvalidConfig) return error.message;
    throw error;
  }
}

/** The connection tests of endpoints. @throws ServiceUnavailable, InvalidConfig */
export async function readConnections(
  dms: Dms,
  endpointArns: readonly string[],
): Promise<readonly Connection[]> {
  const connections: Connection[] = [];
  const Filters = [{ Name: 'endpoint-arn', Values: [...endpointArns] }];
  let Marker: string | undefined;
  do {
    const page = await dms
      .send(new DescribeConnectionsCommand({ Filters, Marker }))
      .catch((error: unknown) => {
        if (isUnknownTask(error)) return { Connections: [] };
        throw toDmsError('how the connection tests of the endpoints ended', error);
      });
    connections.push(...(page.Connections ?? []));
    Marker = 'Marker' in page ? page.Marker : undefined;
  } while (Marker !== undefined);
  return connections;
}
