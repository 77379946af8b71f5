import {
  DescribeReplicationTasksCommand,
  type ReplicationTask,
} from '@aws-sdk/client-database-migration-service';
import { InvalidConfig } from '../../../errors/errors.ts';
import type { Dms } from '../../../loads/describe-task.ts';
import { isUnknownTask, toDmsError } from '../../../loads/dms-error.ts';

/** Which task is meant. */
export interface WantedTask {
  readonly stage: string;
  /** Of the task; absent where there is only one. */
  readonly identifier: string | undefined;
  /** ARNs of the stage's tasks, by the identifiers that pipelines use. */
  readonly taskArns: Readonly<Record<string, string>>;
}

/** A full-load task with the members that are needed. */
export interface FoundTask {
  readonly identifier: string;
  readonly arn: string;
  readonly task: ReplicationTask;
}

/** Account of the ARNs that are no task's yet. */
const NO_ACCOUNT = ':000000000000:';
const MOST_NAMED = 10;

/**
 * The DMS task that a pipeline is to be made of.
 * @throws InvalidConfig naming the tasks that are there, where it is none of them, one of several, or no full load; ServiceUnavailable
 */
export async function findStageTask(dms: Dms, wanted: WantedTask): Promise<FoundTask> {
  const { identifier, taskArns, stage } = wanted;
  const arn = identifier === undefined ? undefined : taskArns[identifier];
  if (arn?.includes(':replication-config:'))
    throw new InvalidConfig(
      `task "${identifier}": ${arn} is a configuration of DMS Serverless, which has no tasks. Name a full-load task on a replication instance`,
    );
  const tasks = await listTasks(dms);
  const all = tasks.map(({ ReplicationTaskIdentifier: name }) => name ?? '');
  const listed =
    all.length > MOST_NAMED ? `${all.slice(0, MOST_NAMED).join(', ')}, … (${all.length})` : all.join(', ');
  if (tasks.length === 0) throw new InvalidConfig(`stage ${stage}: its DMS shows no replication task`);
  const isMeant = ({ ReplicationTaskIdentifier: name, ReplicationTaskArn: own }: ReplicationTask) =>
    own === arn || (name === identifier && (arn === undefined || arn.includes(NO_ACCOUNT)));
  const meant = identifier === undefined ? tasks.filter(isFullLoad) : tasks.filter(isMeant);
  const [task, ...more] = meant;
  if (task === undefined && identifier === undefined)
    throw new InvalidConfig(`stage ${stage}: none of its DMS tasks is a full load; there are: ${listed}`);
  if (task === undefined)
    throw new InvalidConfig(
      `task "${identifier}": DMS has no such task${arn === undefined || arn.includes(NO_ACCOUNT) ? '' : ` with the ARN ${arn} of serverless.yml`}; there are: ${listed}`,
    );
  if (more.length > 0)
    throw new InvalidConfig(`stage ${stage} has several DMS tasks: name one of them with --task: ${listed}`);
  if (!isFullLoad(task))
    throw new InvalidConfig(
      `task "${task.ReplicationTaskIdentifier}": is of type ${task.MigrationType}, and a pipeline takes full loads. Name another one with --task: ${listed}`,
    );
  const { ReplicationTaskArn: found = '', ReplicationTaskIdentifier: name = '' } = task;
  return { identifier: identifier ?? name, arn: found, task };
}

/** A task whose type DMS does not show counts as one. */
function isFullLoad({ MigrationType: type }: ReplicationTask): boolean {
  return type === undefined || type === 'full-load';
}

async function listTasks(dms: Dms): Promise<readonly ReplicationTask[]> {
  const tasks: ReplicationTask[] = [];
  let Marker: string | undefined;
  do {
    const command = new DescribeReplicationTasksCommand({ WithoutSettings: false, Marker });
    const page = await dms.send(command).catch((error: unknown) => {
      if (isUnknownTask(error)) return {};
      throw toDmsError('which tasks it has', error);
    });
    tasks.push(...('ReplicationTasks' in page ? (page.ReplicationTasks ?? []) : []));
    Marker = 'Marker' in page ? page.Marker || undefined : undefined;
  } while (Marker !== undefined);
  return tasks;
}
