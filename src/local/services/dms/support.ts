import type { Support } from '../../contracts.ts';

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
    note: 'Rows are copied, table by table, eight tables at a time.',
  },
  {
    operation: 'StartReplicationTask',
    field: 'CdcStartTime',
    status: 'partial',
    note: 'Ignored: tasks are full loads.',
  },
  { operation: 'StopReplicationTask', status: 'supported', note: 'Also while a copy waits for a lock.' },
  {
    operation: 'task settings',
    field: 'TargetTablePrepMode',
    status: 'partial',
    note: 'TRUNCATE_BEFORE_LOAD; a missing table is an error of that table, not created.',
  },
  {
    operation: 'task settings',
    field: 'DataErrorPolicy',
    status: 'partial',
    note: 'A row that does not fit fails its table; real tasks skip and log it.',
  },
  {
    operation: 'table mappings',
    field: 'selection',
    status: 'supported',
    note: 'include, exclude, explicit; wildcards; load-order; views.',
  },
  {
    operation: 'table mappings',
    field: 'transformation',
    status: 'partial',
    note: 'Names of schemas and tables. Rules for columns are refused.',
  },
  {
    operation: 'table mappings',
    field: 'filters',
    status: 'refused',
    note: 'Row filters are refused when the task is made.',
  },
];
