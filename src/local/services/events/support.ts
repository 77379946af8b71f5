import type { Support } from '../../contracts.ts';

/** What the local EventBridge does. */
export const EVENTS_SUPPORT: readonly Support[] = [
  {
    operation: 'PutEvents',
    status: 'partial',
    note: 'To the default bus. Other than in AWS, sources that begin with aws. are allowed.',
  },
  {
    operation: 'PutEvents',
    field: 'EventBusName',
    status: 'supported',
    note: 'An event for a bus that does not exist is accepted and dropped, as in AWS.',
  },
  { operation: 'PutEvents', field: 'TraceHeader', status: 'partial', note: 'Accepted and forgotten.' },
  { operation: 'PutEvents', field: 'EndpointId', status: 'partial', note: 'Accepted and ignored.' },
  {
    operation: 'TestEventPattern',
    status: 'supported',
    note: 'Errors name the field instead of line and column. AWS publishes no bound for wildcards: a few simple ones are taken.',
  },
  { operation: 'ListRules', status: 'supported' },
  { operation: 'DescribeRule', status: 'supported' },
  {
    operation: 'delivery',
    field: 'targets',
    status: 'partial',
    note: 'Lambda functions, with or without a fixed input.',
  },
  {
    operation: 'delivery',
    field: 'RetryPolicy',
    status: 'supported',
    note: 'AWS does not publish its pauses: 1 s doubling to 10 min.',
  },
  { operation: 'delivery', field: 'DeadLetterConfig', status: 'supported' },
  {
    operation: 'delivery',
    field: 'InputTransformer',
    status: 'refused',
    note: 'A target has no such setting.',
  },
  {
    operation: 'schedule',
    field: 'rate',
    status: 'supported',
    note: 'Times missed while the machine was asleep are left out.',
  },
  { operation: 'schedule', field: 'cron', status: 'refused' },
];

/** A match operator with a leaf that uses it, a value that it matches and one that it does not. */
export interface OperatorExample {
  readonly operator: string;
  readonly leaf: readonly unknown[];
  readonly matches: unknown;
  /** `undefined` stands for a field that is not there. */
  readonly misses: unknown;
}

/** Every match operator of EventBridge is here; the examples are tried by a test. */
export const OPERATOR_EXAMPLES: readonly OperatorExample[] = [
  { operator: 'prefix', leaf: [{ prefix: 'Stop Reason' }], matches: 'Stop Reason NORMAL', misses: 'NORMAL' },
  {
    operator: 'prefix',
    leaf: [{ prefix: { 'equals-ignore-case': 'stop' } }],
    matches: 'STOPPED',
    misses: 'NORMAL',
  },
  { operator: 'suffix', leaf: [{ suffix: '.csv' }], matches: 'sales.csv', misses: 'sales.CSV' },
  {
    operator: 'suffix',
    leaf: [{ suffix: { 'equals-ignore-case': '.csv' } }],
    matches: 'a.CSV',
    misses: 'a.txt',
  },
  {
    operator: 'equals-ignore-case',
    leaf: [{ 'equals-ignore-case': 'Dallas' }],
    matches: 'DALLAS',
    misses: 'Austin',
  },
  { operator: 'wildcard', leaf: [{ wildcard: 'dms/*/sales' }], matches: 'dms/eu/sales', misses: 'dms/sales' },
  { operator: 'anything-but', leaf: [{ 'anything-but': ['a', 'b'] }], matches: 'c', misses: 'a' },
  { operator: 'anything-but', leaf: [{ 'anything-but': { prefix: 'a' } }], matches: 'ba', misses: 'ab' },
  { operator: 'anything-but', leaf: [{ 'anything-but': { suffix: 'a' } }], matches: 'ab', misses: 'ba' },
  {
    operator: 'anything-but',
    leaf: [{ 'anything-but': { wildcard: '*/tmp/*' } }],
    matches: 'a/b',
    misses: 'a/tmp/b',
  },
  {
    operator: 'anything-but',
    leaf: [{ 'anything-but': { 'equals-ignore-case': 'a' } }],
    matches: 'b',
    misses: 'A',
  },
  { operator: 'numeric', leaf: [{ numeric: ['>', 0, '<=', 5] }], matches: 5, misses: 0 },
  { operator: 'cidr', leaf: [{ cidr: '10.0.0.0/24' }], matches: '10.0.0.7', misses: '10.0.1.7' },
  { operator: 'exists', leaf: [{ exists: true }], matches: '', misses: undefined },
  { operator: 'exists', leaf: [{ exists: false }], matches: undefined, misses: null },
];
