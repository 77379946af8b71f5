import { epochSeconds, withoutUndefined } from './describe-task.ts';
import type { TableProgress } from './task.ts';

/**
 * A table as DescribeTableStatistics shows it: by its name in the source. Members that DMS fills for CDC or DynamoDB
 * targets are zero.
 * @see https://docs.aws.amazon.com/dms/latest/APIReference/API_TableStatistics.html
 */
export function describeTable(table: TableProgress): object {
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
