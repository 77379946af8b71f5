import { setTimeout as pause } from 'node:timers/promises';
import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
  DescribeTableStatisticsCommand,
  type ReplicationTask,
  StartReplicationTaskCommand,
} from '@aws-sdk/client-database-migration-service';
import { localClientConfig } from './local-client-config.ts';
import type { ProgressDisplay } from './progress-display.ts';

const POLL_MS = 50;

/** Starts a DMS task's full load at the local endpoint, and shows what it loads until it has stopped. */
export async function runLoadTask(url: string, identifier: string, display: ProgressDisplay): Promise<void> {
  const dms = new DatabaseMigrationServiceClient(localClientConfig(url));
  const filter = { Name: 'replication-task-id', Values: [identifier] };
  const describe = async (): Promise<ReplicationTask> => {
    const { ReplicationTasks: [task] = [] } = await dms.send(
      new DescribeReplicationTasksCommand({ Filters: [filter] }),
    );
    return task ?? {};
  };

  const { ReplicationTaskArn } = await describe();
  const what = `full load of DMS task ${identifier}`;
  display.begin(what);
  await dms.send(
    new StartReplicationTaskCommand({ ReplicationTaskArn, StartReplicationTaskType: 'start-replication' }),
  );
  let task = await describe();
  while (task.Status !== 'stopped' && task.Status !== 'failed') {
    await pause(POLL_MS);
    task = await describe();
  }
  const { TableStatistics = [] } = await dms.send(new DescribeTableStatisticsCommand({ ReplicationTaskArn }));
  const tables = TableStatistics.map((table) => `${table.TableName} ${table.FullLoadRows} rows`);
  display.end(what, `${tables.join(', ')}; ${task.StopReason ?? task.LastFailureMessage}`);
  dms.destroy();
}
