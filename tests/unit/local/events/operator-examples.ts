/** A match operator with a leaf that uses it, a value that it matches and one that it does not. */
interface OperatorExample {
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
