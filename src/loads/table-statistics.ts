import {
  DescribeTableStatisticsCommand,
  type TableStatistics,
} from '@aws-sdk/client-database-migration-service';
import { ServiceUnavailable } from '../errors/errors.ts';
import type { Dms } from './current-load.ts';

/** What DMS says of one table of a task. */
export interface TableState {
  /** `schema.name` in the source. */
  readonly source: string;
  readonly state: string;
  readonly rows: number;
  readonly endedAt?: Date;
}

const PAGE_SIZE = 500;

/**
 * All tables of a task, over all pages.
 * https://docs.aws.amazon.com/dms/latest/APIReference/API_DescribeTableStatistics.html
 * @throws ServiceUnavailable when DMS does not answer
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
        throw new ServiceUnavailable(`DMS did not list the tables of ${taskArn}: ${String(error)}`, {
          cause: error,
        });
      });
    tables.push(...TableStatistics.map(toTableState));
    marker = Marker;
  } while (marker !== undefined && marker !== '');
  return tables;
}

function toTableState({
  SchemaName,
  TableName,
  TableState: state,
  FullLoadRows,
  FullLoadEndTime,
}: TableStatistics): TableState {
  return {
    source: `${SchemaName}.${TableName}`,
    state: state ?? 'unknown',
    rows: FullLoadRows ?? 0,
    ...(FullLoadEndTime === undefined ? {} : { endedAt: FullLoadEndTime }),
  };
}
