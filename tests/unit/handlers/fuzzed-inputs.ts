import fc from 'fast-check';
import { loadFinishedEvent } from '../../fixtures/dms-event.ts';
import { orders } from '../../fixtures/pipeline.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What becomes of one member of an input; a member that is DROPPED is left out. */
interface Edit {
  readonly path: readonly string[];
  readonly value: unknown;
}
const DROPPED = Symbol('dropped');

const REQUESTS: readonly Fields[] = [
  {},
  { rerun: 2 },
  { continue: 3 },
  { rerun: 2, continue: 3 },
  { hold: true },
  { release: true },
].map((verb) => ({
  pipeline: orders.name,
  reason: 'rows repaired',
  ...verb,
}));

const MEMBERS = {
  event: [...Object.keys(loadFinishedEvent), 'pipeline', '__proto__', 'constructor', 'toString'],
  detail: [...Object.keys(loadFinishedEvent.detail), '__proto__', 'constructor'],
  request: [
    'pipeline',
    'reason',
    'rerun',
    'continue',
    'hold',
    'release',
    'source',
    'force',
    '__proto__',
    'constructor',
  ],
};

/** Values that some member may have, or nearly. */
const NEAR_MISSES: readonly unknown[] = [
  ...[true, false, null, 0, 1, 2, -1, 999, 1_000, 1.5, 1e308, '', ' ', '1', 'true', [], {}, [[]]],
  ...['aws.dms', 'aws.s3', 'AWS.DMS', 'DMS Replication Task State Change', 'DMS Replication State Change'],
  ...['REPLICATION_TASK_STOPPED', 'REPLICATION_TASK_FAILED', 'REPLICATION_TASK_STARTED'],
  ...['Stop Reason FULL_LOAD_ONLY_FINISHED', 'Stop Reason NORMAL', 'FULL_LOAD_ONLY_FINISHED'],
  ...['2026-11-24T00:59:58Z', '2026-11-24T01:00:10+02:00', '2026-11-31T25:00:00Z', '2126-01-01T00:00:00Z'],
  ...[
    'load-orders',
    'load-nothing',
    'Load-Orders',
    '__proto__',
    'constructor',
    '\u{1F9EA}\u202E\u0000\uD800',
  ],
  ['arn:aws:dms:eu-central-1:123456789012:task:OTHER'],
  [...loadFinishedEvent.resources, ...loadFinishedEvent.resources, 'arn:aws:dms:::task:'],
  { hold: true, isAdmin: true, resources: loadFinishedEvent.resources },
  'x'.repeat(1_001),
  'é'.repeat(100_000),
  Array.from({ length: 1_000 }, () => 'arn:aws:dms:eu-central-1:123456789012:task:OTHER'),
];

/** Generating JSON is slow: a pool of it serves all inputs. */
const anyJson = fc.constantFrom(...fc.sample(fc.jsonValue(), 2_000));
const value = fc.oneof(
  { weight: 1, arbitrary: fc.constant<unknown>(DROPPED) },
  { weight: 3, arbitrary: fc.constantFrom(...NEAR_MISSES) },
  { weight: 1, arbitrary: anyJson },
);
const editOf = (names: readonly string[], ...parents: string[]) =>
  fc
    .tuple(fc.constantFrom(...names), value)
    .map(([name, to]): Edit => ({ path: [...parents, name], value: to }));
const edited = (base: fc.Arbitrary<Fields>, edit: fc.Arbitrary<Edit>) =>
  fc.tuple(base, fc.array(edit, { maxLength: 3 })).map(([fields, edits]) => edits.reduce(applyEdit, fields));

/** Anything that start-run may be invoked with: events and requests with up to three members changed, and any JSON. */
export const anyInput: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 6,
    arbitrary: edited(
      fc.constant(loadFinishedEvent),
      fc.oneof(editOf(MEMBERS.event), editOf(MEMBERS.detail, 'detail')),
    ),
  },
  { weight: 3, arbitrary: edited(fc.constantFrom(...REQUESTS), editOf(MEMBERS.request)) },
  { weight: 1, arbitrary: anyJson },
);

/** Members are made as JSON.parse makes them: `__proto__` is one like any other. */
function applyEdit(fields: Fields, { path: [name = '', ...rest], value: to }: Edit): Fields {
  const others = Object.entries(fields).filter(([key]) => key !== name);
  if (to === DROPPED && rest.length === 0) return Object.fromEntries(others);
  const member = rest.length === 0 ? to : applyEdit(Object(fields[name]), { path: rest, value: to });
  return Object.fromEntries([...others, [name, member]]);
}
