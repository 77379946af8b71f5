import { epochSeconds, withoutUndefined } from '../../answer-members.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../../contracts.ts';
import type { TableLoadState, TableProgress, Task } from './task.ts';

/** Where the local tasks read, write and run. */
export const SOURCE_ENDPOINT_ARN = `arn:aws:dms:${LOCAL_REGION}:${LOCAL_ACCOUNT}:endpoint:LOCALSOURCE`;
export const TARGET_ENDPOINT_ARN = `arn:aws:dms:${LOCAL_REGION}:${LOCAL_ACCOUNT}:endpoint:LOCALTARGET`;
export const INSTANCE_ARN = `arn:aws:dms:${LOCAL_REGION}:${LOCAL_ACCOUNT}:rep:LOCALINSTANCE`;
export const MIGRATION_TYPE = 'full-load';

/**
 * A task as DescribeReplicationTasks shows it. FullLoadStartDate and FullLoadFinishDate are left out, as in AWS's own sample
 * of a finished full load.
 * @see https://docs.aws.amazon.com/dms/latest/APIReference/API_ReplicationTask.html
 */
export function taskDescription(task: Task, now: number, withoutSettings = false): object {
  return withoutUndefined({
    ReplicationTaskIdentifier: task.spec.identifier,
    SourceEndpointArn: SOURCE_ENDPOINT_ARN,
    TargetEndpointArn: TARGET_ENDPOINT_ARN,
    ReplicationInstanceArn: INSTANCE_ARN,
    MigrationType: MIGRATION_TYPE,
    TableMappings: withoutSettings ? undefined : JSON.stringify(task.spec.tableMappings),
    ReplicationTaskSettings: withoutSettings ? undefined : JSON.stringify(task.settings.document),
    Status: task.status,
    LastFailureMessage: task.lastFailureMessage,
    StopReason: task.stopReason,
    ReplicationTaskCreationDate: epochSeconds(task.createdAt),
    ReplicationTaskStartDate: epochSeconds(task.startedAt),
    ReplicationTaskArn: task.arn,
    ReplicationTaskStats: task.startedAt === undefined ? undefined : describeStats(task, task.startedAt, now),
  });
}

function describeStats(task: Task, startedAt: number, now: number): object {
  const count = (...states: readonly TableLoadState[]) =>
    task.tables.filter(({ state }) => states.includes(state)).length;
  const queued = count('Before load');
  const loading = count('Full load');
  const errored = count('Table error');
  const loaded = count('Table completed');
  const isOver = task.status === 'stopped' || task.status === 'failed';
  return withoutUndefined({
    FullLoadProgressPercent: progressPercent(task.tables.length, loaded + errored, isOver),
    ElapsedTimeMillis: Math.max(0, (isOver ? (task.stoppedAt ?? now) : now) - startedAt),
    TablesLoaded: loaded,
    TablesLoading: loading,
    TablesQueued: queued,
    TablesErrored: errored,
    FreshStartDate: epochSeconds(task.freshStartAt),
    StartDate: epochSeconds(task.startAt),
    StopDate: epochSeconds(task.stoppedAt),
  });
}

/** A table that ended in an error counts as dealt with; a task that ended without any table shows 100, too. */
function progressPercent(tables: number, done: number, isOver: boolean): number {
  if (tables === 0) return isOver ? 100 : 0;
  return Math.floor((100 * done) / tables);
}

/**
 * A table as DescribeTableStatistics shows it: by its name in the source. Members that DMS fills for CDC or DynamoDB
 * targets are zero.
 * @see https://docs.aws.amazon.com/dms/latest/APIReference/API_TableStatistics.html
 */
export function tableDescription(table: TableProgress): object {
  return withoutUndefined({
    SchemaName: table.from.table.schema,
    TableName: table.from.table.name,
    Inserts: 0,
    Deletes: 0,
    Updates: 0,
    Ddls: 0,
    FullLoadRows: table.rows,
    FullLoadCondtnlChkFailedRows: 0,
    FullLoadErrorRows: 0,
    FullLoadStartTime: epochSeconds(table.startedAt),
    FullLoadEndTime: epochSeconds(table.endedAt),
    FullLoadReloaded: false,
    LastUpdateTime: epochSeconds(table.updatedAt),
    TableState: table.state,
    ValidationPendingRecords: 0,
    ValidationFailedRecords: table.validation.failed,
    ValidationSuspendedRecords: 0,
    ValidationState: table.validation.state,
  });
}
