import { setTimeout as pause } from 'node:timers/promises';
import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
  DescribeTableStatisticsCommand,
  type ReplicationTask,
  StartReplicationTaskCommand,
  type TableStatistics,
} from '@aws-sdk/client-database-migration-service';
import { count } from '../../count.ts';
import { localClientConfig } from '../../local-stage/local-client-config.ts';
import { findTaskFiles } from '../../local-stage/sample-tasks.ts';
import type { ProgressDisplay } from './list/progress-display.ts';

const POLL_MS = 50;

/** A full load that is to be shown. */
export interface LoadTask {
  readonly url: string;
  readonly identifier: string;
  /** Lines that the task's log has got so far. */
  readonly log: readonly string[];
}

/**
 * Starts a DMS task's full load at the local endpoint, and shows what it loads, and by which files, until it has stopped. A load
 * without one of its tables or rows is shown as failed, with the lines of its log.
 */
export async function runLoadTask(
  { url, identifier, log }: LoadTask,
  display: ProgressDisplay,
): Promise<void> {
  const dms = new DatabaseMigrationServiceClient(localClientConfig(url));
  const what = `full load of DMS task ${identifier}`;
  const { tableMappings, settings = 'DMS’ own settings' } = await findTaskFiles(identifier);
  display.begin(what);
  const task = await load(dms, identifier);
  const { ReplicationTaskArn } = task;
  const { TableStatistics = [] } = await dms.send(new DescribeTableStatisticsCommand({ ReplicationTaskArn }));
  const result = `${describeTables(TableStatistics)}${task.StopReason ?? task.LastFailureMessage}`;
  const isWhole = task.Status === 'stopped' && log.length === 0 && TableStatistics.every(isLoaded);
  display.end(what, result, { mark: isWhole ? '✓' : '✗' });
  for (const line of log) display.line(`  ${line}`);
  display.line(`  by ${tableMappings} and ${settings}`);
  dms.destroy();
}

async function load(dms: DatabaseMigrationServiceClient, identifier: string): Promise<ReplicationTask> {
  const filter = { Name: 'replication-task-id', Values: [identifier] };
  const describe = async (): Promise<ReplicationTask> => {
    const { ReplicationTasks: [task] = [] } = await dms.send(
      new DescribeReplicationTasksCommand({ Filters: [filter] }),
    );
    return task ?? {};
  };
  const { ReplicationTaskArn } = await describe();
  await dms.send(
    new StartReplicationTaskCommand({ ReplicationTaskArn, StartReplicationTaskType: 'start-replication' }),
  );
  let task = await describe();
  while (task.Status !== 'stopped' && task.Status !== 'failed') {
    await pause(POLL_MS);
    task = await describe();
  }
  return task;
}

function describeTables(tables: readonly TableStatistics[]): string {
  const parts = tables.map((table) => {
    const result = isLoaded(table) ? count(table.FullLoadRows ?? 0, 'row') : `${table.TableState}`;
    const validation = table.ValidationState;
    const isTold = validation !== undefined && validation !== 'Not enabled' && isLoaded(table);
    return `${table.TableName} ${result}${isTold ? `, ${validation}` : ''}`;
  });
  return parts.length === 0 ? '' : `${parts.join(', ')}; `;
}

function isLoaded({ TableState }: TableStatistics): boolean {
  return TableState === 'Table completed';
}
