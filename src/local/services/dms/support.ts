import type { Support } from '../../contracts.ts';
import { TASK_FILE_SUPPORT } from './task-file-support.ts';

/** What the local DMS does. */
export const DMS_SUPPORT: readonly Support[] = [
  {
    operation: 'DescribeReplicationTasks',
    status: 'supported',
    note: 'All filters, pages and WithoutSettings.',
  },
  {
    operation: 'DescribeReplicationTasks',
    field: 'ReplicationTaskStats',
    status: 'partial',
    note: 'FullLoadStartDate and FullLoadFinishDate are never there: nothing may rely on them.',
  },
  {
    operation: 'DescribeTableStatistics',
    status: 'supported',
    note: 'All filters and pages. FullLoadRows settles at the end.',
  },
  {
    operation: 'DescribeTableStatistics',
    field: 'FullLoadReloaded',
    status: 'partial',
    note: 'Always false: single tables are not reloaded.',
  },
  {
    operation: 'StartReplicationTask',
    field: 'start-replication',
    status: 'supported',
    note: 'On a task that has never run.',
  },
  {
    operation: 'StartReplicationTask',
    field: 'resume-processing',
    status: 'supported',
    note: 'Loads what is missing or failed.',
  },
  {
    operation: 'StartReplicationTask',
    field: 'reload-target',
    status: 'supported',
    note: 'Also as a first start.',
  },
  {
    operation: 'StartReplicationTask',
    status: 'supported',
    note: 'Rows are copied, as many tables at a time as MaxFullLoadSubTasks says.',
  },
  {
    operation: 'StartReplicationTask',
    field: 'CdcStartTime',
    status: 'partial',
    note: 'Ignored: tasks are full loads.',
  },
  {
    operation: 'ModifyReplicationTask',
    status: 'partial',
    note: 'Its settings: those that are given, the others stay. The task is then ready at once, without passing through modifying.',
  },
  { operation: 'StopReplicationTask', status: 'supported', note: 'Also while a copy waits for a lock.' },
  {
    operation: 'TestConnection',
    status: 'partial',
    note: 'Of the two local endpoints, which count as tested; after a test that fails no task starts.',
  },
  { operation: 'DescribeConnections', status: 'supported', note: 'All filters and pages.' },
  {
    operation: 'task log',
    field: 'errors',
    status: 'partial',
    note: 'Why a table or row was not loaded, on the terminal of `npm start` and `npm run local`: no answer of DMS says it.',
  },
  ...TASK_FILE_SUPPORT,
];
