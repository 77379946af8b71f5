import {
  DescribeTableStatisticsCommand,
  type TableStatistics,
} from '@aws-sdk/client-database-migration-service';
import type { Dms } from './describe-task.ts';
import { toDmsError } from './dms-error.ts';

/** What DMS says of one table of a task. */
export interface TableState {
  /** `schema.name` in the source. */
  readonly source: string;
  readonly state: string;
  /** That the full load has copied. */
  readonly rows: number;
  /** The highest number of rows that changes during the load have added or removed. */
  readonly inserts: number;
  readonly deletes: number;
  readonly endedAt?: Date;
  /** DMS's own comparison of source and target; absent when DMS shows none. */
  readonly validation?: TableValidation;
}

export interface TableValidation {
  /** As DMS calls it: `Validated`, `Mismatched records`, … */
  readonly state: string;
  readonly details?: string;
  readonly pending: number;
  readonly failed: number;
  readonly suspended: number;
}

const PAGE_SIZE = 500;

/**
 * All tables of a task, over all pages.
 * https://docs.aws.amazon.com/dms/latest/APIReference/API_DescribeTableStatistics.html
 * @throws ServiceUnavailable when DMS does not answer; InvalidConfig when it refuses
 */
export async function listTableStates(dms: Dms, taskArn: string): Promise<readonly TableState[]> {
  const tables: TableState[] = [];
  let marker: string | undefined;
  do {
    const page = {
      ReplicationTaskArn: taskArn,
      MaxRecords: PAGE_SIZE,
      ...(marker === undefined ? {} : { Marker: marker }),
    };
    const { TableStatistics = [], Marker } = await dms
      .send(new DescribeTableStatisticsCommand(page))
      .catch((error: unknown) => {
        throw toDmsError(`which state the tables of ${taskArn} have`, error);
      });
    tables.push(...TableStatistics.map(toTableState));
    marker = Marker;
  } while (marker !== undefined && marker !== '');
  return tables;
}

function toTableState(table: TableStatistics): TableState {
  const validation = toValidation(table);
  return {
    source: `${table.SchemaName}.${table.TableName}`,
    state: table.TableState ?? 'unknown',
    rows: table.FullLoadRows ?? 0,
    inserts: Math.max(table.Inserts ?? 0, table.AppliedInserts ?? 0),
    deletes: Math.max(table.Deletes ?? 0, table.AppliedDeletes ?? 0),
    ...(table.FullLoadEndTime && { endedAt: table.FullLoadEndTime }),
    ...(validation && { validation }),
  };
}

function toValidation(table: TableStatistics): TableValidation | undefined {
  if (table.ValidationState === undefined) return undefined;
  return {
    state: table.ValidationState,
    ...(table.ValidationStateDetails && { details: table.ValidationStateDetails }),
    pending: table.ValidationPendingRecords ?? 0,
    failed: table.ValidationFailedRecords ?? 0,
    suspended: table.ValidationSuspendedRecords ?? 0,
  };
}
