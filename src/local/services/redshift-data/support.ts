import { supportTable } from '../../support-table.ts';

/** What the local Data API does, operation by operation and field by field. */
export const REDSHIFT_DATA_SUPPORT = supportTable(`
  ExecuteStatement | | supported | RedshiftQueryId is -1 until the statement has ended, and 0 for a batch as a whole.
  ExecuteStatement | Sql | supported | One statement of at most 200 KB.
  BatchExecuteStatement | | supported |
  BatchExecuteStatement | Sqls | supported | 1 to 40, each of at most 200 KB.
  BatchExecuteStatement | ExecutionMode | supported |
  ExecuteStatement, BatchExecuteStatement | ClusterIdentifier | supported | An unknown one is refused, as is none, or both targets.
  ExecuteStatement, BatchExecuteStatement | WorkgroupName | partial | Every well-formed workgroup ARN means the first local workgroup.
  ExecuteStatement, BatchExecuteStatement | Database | supported | An unknown one fails the statement.
  ExecuteStatement, BatchExecuteStatement | DbUser | partial | owner, runtime or dms; any other name means owner. Also taken for workgroups.
  ExecuteStatement, BatchExecuteStatement | SecretArn | partial | Not looked up: a name that ends in owner, runtime or dms selects that user, before DbUser does.
  ExecuteStatement, BatchExecuteStatement | StatementName | supported |
  ExecuteStatement, BatchExecuteStatement | WithEvent | supported | For workgroups the resource ARN holds the name: AWS publishes no sample.
  ExecuteStatement, BatchExecuteStatement | ClientToken | supported | Kept 8 hours; the same token with other SQL answers with the first statement.
  ExecuteStatement, BatchExecuteStatement | Parameters | supported | Placeholders without any Parameters are the database’s error.
  ExecuteStatement, BatchExecuteStatement | ResultFormat | partial | JSON only; CSV is refused.
  ExecuteStatement, BatchExecuteStatement | SessionKeepAliveSeconds | refused | Every statement starts with a fresh session; 0 is taken.
  ExecuteStatement, BatchExecuteStatement | SessionId | refused |
  ExecuteStatement, BatchExecuteStatement | WaitTimeSeconds | supported | Answered at once while another request waits for the statement.
  DescribeStatement | | supported | No RedshiftQueryUuid, no SessionId.
  DescribeStatement | Id | supported |
  DescribeStatement | WaitTimeSeconds | supported | One waiting request a statement; AWS does not publish its limit.
  GetStatementResult | | partial | Results are kept 24 hours, but older ones make room when all together exceed 48 MB.
  GetStatementResult | Id | supported |
  GetStatementResult | WaitTimeSeconds | supported | One waiting request a statement; AWS does not publish its limit.
  GetStatementResult | NextToken | supported | Pages of 500 rows or 1 MB.
  CancelStatement | | supported | One that has not STARTED answers false and goes on.
  CancelStatement | Id | partial | A single SQL of a batch is refused.
  ListStatements | | supported |
  ListStatements | Status | supported |
  ListStatements | StatementName | supported |
  ListStatements | MaxResults | supported | 0 means 100.
  ListStatements | NextToken | supported |
  ListStatements | RoleLevel | partial | Changes nothing: there is one caller.
  ListStatements | Database | supported | Also without a target.
  ListStatements | ClusterIdentifier | supported |
  ListStatements | WorkgroupName | supported |
  GetStatementResultV2, ListSessions, ListDatabases, ListSchemas, ListTables, DescribeTable | | refused | UnknownOperationException.
`);
