import type { Support } from '../../contracts.ts';

const SUBMISSIONS = ['ExecuteStatement', 'BatchExecuteStatement'] as const;

/** What ExecuteStatement and BatchExecuteStatement share. */
const SUBMISSION_FIELDS: readonly Omit<Support, 'operation'>[] = [
  {
    field: 'ClusterIdentifier',
    status: 'supported',
    note: 'An unknown one is refused, as is none, or both targets.',
  },
  {
    field: 'WorkgroupName',
    status: 'partial',
    note: 'Every well-formed workgroup ARN means the first local workgroup.',
  },
  { field: 'Database', status: 'supported', note: 'An unknown one fails the statement.' },
  {
    field: 'DbUser',
    status: 'partial',
    note: 'owner, runtime or dms; any other name means owner. Also taken for workgroups.',
  },
  {
    field: 'SecretArn',
    status: 'partial',
    note: 'Not looked up: a name that ends in owner, runtime or dms selects that user, before DbUser does.',
  },
  { field: 'StatementName', status: 'supported' },
  {
    field: 'WithEvent',
    status: 'supported',
    note: 'For workgroups the resource ARN holds the name: AWS publishes no sample.',
  },
  {
    field: 'ClientToken',
    status: 'supported',
    note: 'Kept 8 hours; the same token with other SQL answers with the first statement.',
  },
  {
    field: 'Parameters',
    status: 'supported',
    note: 'Placeholders without any Parameters are the database’s error.',
  },
  { field: 'ResultFormat', status: 'partial', note: 'JSON only; CSV is refused.' },
  {
    field: 'SessionKeepAliveSeconds',
    status: 'refused',
    note: 'Every statement starts with a fresh session; 0 is taken.',
  },
  { field: 'SessionId', status: 'refused' },
  {
    field: 'WaitTimeSeconds',
    status: 'supported',
    note: 'Answered at once while another request waits for the statement.',
  },
];

const ONE_WAITER = 'One waiting request a statement; AWS does not publish its limit.';

/** What the local Data API does, operation by operation and field by field. */
export const REDSHIFT_DATA_SUPPORT: readonly Support[] = [
  { operation: 'ExecuteStatement', status: 'supported', note: 'RedshiftQueryId is always -1.' },
  {
    operation: 'ExecuteStatement',
    field: 'Sql',
    status: 'supported',
    note: 'One statement of at most 200 KB.',
  },
  { operation: 'BatchExecuteStatement', status: 'supported' },
  {
    operation: 'BatchExecuteStatement',
    field: 'Sqls',
    status: 'supported',
    note: '1 to 40, each of at most 200 KB.',
  },
  { operation: 'BatchExecuteStatement', field: 'ExecutionMode', status: 'supported' },
  ...SUBMISSIONS.flatMap((operation) => SUBMISSION_FIELDS.map((line) => ({ operation, ...line }))),
  { operation: 'DescribeStatement', status: 'supported', note: 'No RedshiftQueryUuid, no SessionId.' },
  { operation: 'DescribeStatement', field: 'Id', status: 'supported' },
  { operation: 'DescribeStatement', field: 'WaitTimeSeconds', status: 'supported', note: ONE_WAITER },
  {
    operation: 'GetStatementResult',
    status: 'partial',
    note: 'Results are kept 24 hours, but older ones make room when all together exceed 48 MB.',
  },
  { operation: 'GetStatementResult', field: 'Id', status: 'supported' },
  { operation: 'GetStatementResult', field: 'WaitTimeSeconds', status: 'supported', note: ONE_WAITER },
  {
    operation: 'GetStatementResult',
    field: 'NextToken',
    status: 'supported',
    note: 'Pages of 500 rows or 1 MB.',
  },
  {
    operation: 'CancelStatement',
    status: 'supported',
    note: 'One that has not STARTED answers false and goes on.',
  },
  {
    operation: 'CancelStatement',
    field: 'Id',
    status: 'partial',
    note: 'A single SQL of a batch is refused.',
  },
  { operation: 'ListStatements', status: 'supported' },
  { operation: 'ListStatements', field: 'Status', status: 'supported' },
  { operation: 'ListStatements', field: 'StatementName', status: 'supported' },
  { operation: 'ListStatements', field: 'MaxResults', status: 'supported', note: '0 means 100.' },
  { operation: 'ListStatements', field: 'NextToken', status: 'supported' },
  {
    operation: 'ListStatements',
    field: 'RoleLevel',
    status: 'partial',
    note: 'Changes nothing: there is one caller.',
  },
  { operation: 'ListStatements', field: 'Database', status: 'supported', note: 'Also without a target.' },
  { operation: 'ListStatements', field: 'ClusterIdentifier', status: 'supported' },
  { operation: 'ListStatements', field: 'WorkgroupName', status: 'supported' },
  ...[
    'GetStatementResultV2',
    'ListSessions',
    'ListDatabases',
    'ListSchemas',
    'ListTables',
    'DescribeTable',
  ].map((operation) => ({ operation, status: 'refused' as const, note: 'UnknownOperationException.' })),
];
