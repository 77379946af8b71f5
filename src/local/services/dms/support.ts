import { supportTable } from '../../support-table.ts';

/** What the local DMS does, and how much of task settings and table mappings it follows. */
export const DMS_SUPPORT = supportTable(`
  DescribeReplicationTasks | | supported | All filters, pages and WithoutSettings.
  DescribeReplicationTasks | ReplicationTaskStats | partial | FullLoadStartDate and FullLoadFinishDate are never there: nothing may rely on them.
  DescribeTableStatistics | | supported | All filters and pages. FullLoadRows settles at the end.
  DescribeTableStatistics | FullLoadReloaded | partial | Always false: single tables are not reloaded.
  StartReplicationTask | start-replication | supported | On a task that has never run.
  StartReplicationTask | resume-processing | supported | Loads what is missing or failed.
  StartReplicationTask | reload-target | supported | Also as a first start.
  StartReplicationTask | | supported | Rows are copied, as many tables at a time as MaxFullLoadSubTasks says.
  StartReplicationTask | CdcStartTime | partial | Ignored: tasks are full loads.
  ModifyReplicationTask | | partial | Its settings: those that are given, the others stay. The task is then ready at once, without passing through modifying.
  StopReplicationTask | | supported | Also while a copy waits for a lock.
  TestConnection | | partial | Of the two local endpoints, which count as tested; after a test that fails no task starts.
  DescribeConnections | | supported | All filters and pages.
  task log | errors | partial | Why a table or row was not loaded, on the terminal of \`npm start\` and \`npm run local\`: no answer of DMS says it.
  task settings | TargetTablePrepMode | partial | All modes. A table that is not there is made, with DMS’ types, where the user dms may make it. Characters of a source’s VARCHAR become four bytes.
  task settings | MaxFullLoadSubTasks | supported |
  task settings | TargetSchema | partial | In place of the source’s schema where no rule is for it.
  task settings | LobMaxSize | partial | Of columns that DMS makes; longer values do not fit, DMS cuts them.
  task settings | DataErrorPolicy, DataTruncationErrorPolicy | partial | LOG_ERROR and IGNORE_RECORD leave the row out; FullLoadRows has the rows that arrived.
  task settings | DataErrorEscalationCount, DataErrorEscalationPolicy | supported | IGNORE_RECORD counts, as documented.
  task settings | TableErrorPolicy | supported |
  task settings | FailOnNoTablesCaptured | supported |
  task settings | EnableValidation | partial | Compared at the end of each table: Validated, Mismatched records, No primary key, Table error, Error. No table awsdms_validation_failures_v1.
  task settings | ValidationOnly | refused |
  task settings | all others | partial | Kept and shown, without effect. What is left out has DMS’ default.
  table mappings | selection | supported | include, exclude, explicit; wildcards; load-order; views.
  table mappings | filters | partial | All operators; compared as PostgreSQL compares the column’s type. Filters of all rules that include a table apply.
  table mappings | rule-id | partial | Numbers or texts of digits; other texts, which AWS does not document, come last.
  table mappings | transformation | partial | Of several rules that name an object, or change a column’s type, the lowest rule-id applies; removing and adding columns goes beside them.
  table mappings | schema, table, column: names | supported | rename, prefixes, suffixes, lower and upper case. By expression: refused.
  table mappings | remove-column, include-column | supported |
  table mappings | add-column | partial | Expressions run in SQLite, with hash_sha256, operation_indicator, $AR_H_ and $AR_M_SOURCE_SCHEMA, $AR_M_SOURCE_TABLE_NAME; without one the column is NULL.
  table mappings | change-data-type | partial | The value is converted by PostgreSQL; set, list, map and tuple are refused.
  table mappings | define-primary-key | partial | Accepted without effect.
  table mappings | table-tablespace, index-tablespace | partial | Accepted without effect: they are for Oracle.
  table mappings | table-settings (parallel-load, lob-settings) | partial | Accepted without effect; a wildcard is refused, as DMS does.
  table mappings | validation | partial | Accepted without effect.
  table mappings | data-masking-…, add-before-image-columns | refused |
  table mappings | object-mapping, post-processing | refused | They are for other targets.
  table mappings | names in the target | partial | Found whatever their case, and made in lower case: Redshift folds them, quoted or not.
`);
