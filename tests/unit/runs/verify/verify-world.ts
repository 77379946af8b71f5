import {
  DescribeReplicationTasksCommand,
  DescribeTableStatisticsCommand,
} from '@aws-sdk/client-database-migration-service';
import {
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
} from '@aws-sdk/client-redshift-data';
import { confirmLoad, verifyLoad } from '../../../../src/runs/verify/verify-load.ts';
import { createJumpingClock } from '../../../fixtures/jumping-clock.ts';
import { mockClients } from '../../../fixtures/mocked-clients.ts';
import { finishedTask, LOADED_AT, verifyRequest } from '../../../fixtures/turn-request.ts';

const { clients, ...mocks } = mockClients();
export const { dms, api } = mocks;

const contextOf = (remainingMs: number) => ({
  ...clients,
  clock: createJumpingClock(LOADED_AT),
  random: () => 0,
  remainingMs: () => remainingMs,
});

/** Verifies the load, which is asked for with these changes. */
export const verify = (changes: Partial<typeof verifyRequest> = {}, remainingMs = 300_000) =>
  verifyLoad(contextOf(remainingMs), { ...verifyRequest, ...changes });
export const confirm = (changes: Partial<typeof verifyRequest> = {}) =>
  confirmLoad(contextOf(300_000), { ...verifyRequest, ...changes });

/** A table as DMS reports it. */
export const table = (TableName: string, FullLoadRows: number, TableState = 'Table completed') => ({
  SchemaName: 'shop',
  TableName,
  FullLoadRows,
  TableState,
  FullLoadEndTime: new Date(Date.parse(LOADED_AT) + 60_000),
});

/** What is counted in staging. */
export const staged = (orders: number, items: number) =>
  api.on(GetStatementResultCommand).resolves({
    Records: [
      [{ stringValue: 'mart.orders_stg' }, { longValue: orders }],
      [{ stringValue: 'mart.items_stg' }, { longValue: items }],
    ],
  });

/** A finished load of two tables, whose rows are all in staging. */
export function reset(): void {
  dms.reset();
  api.reset();
  dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [finishedTask] });
  dms
    .on(DescribeTableStatisticsCommand)
    .resolves({ TableStatistics: [table('orders', 3), table('items', 9)] });
  api.on(ExecuteStatementCommand).resolves({ Id: 'counting' });
  api.on(DescribeStatementCommand).resolves({ Status: 'FINISHED' });
  staged(3, 9);
}
