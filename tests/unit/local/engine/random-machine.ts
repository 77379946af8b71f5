import fc from 'fast-check';
import type { JsonObject } from '../../../../src/local/contracts.ts';
import { INVOKE } from './run-machine.ts';

/** What a random state does; names and transitions are filled in when the machine is built. */
type Piece =
  | { readonly kind: 'pass' | 'set' | 'bad' | 'fail' }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'choice'; readonly skip: boolean }
  | { readonly kind: 'task'; readonly work: Work; readonly recovery: Recovery }
  | {
      readonly kind: 'parallel';
      readonly branches: readonly (readonly Piece[])[];
      readonly recovery: Recovery;
    };

/** What the function of a random task does at each attempt. */
interface Work {
  readonly seconds: number;
  readonly failures: number;
}
interface Recovery {
  readonly retries: number;
  readonly jitter: boolean;
  readonly caught: boolean;
}

const recovery = fc.record({ retries: fc.nat(2), jitter: fc.boolean(), caught: fc.boolean() });
const simple: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Piece>({ kind: 'pass' }, { kind: 'set' }) },
  { weight: 1, arbitrary: fc.constantFrom<Piece>({ kind: 'bad' }, { kind: 'fail' }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.nat(100_000) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('choice' as const), skip: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('task' as const),
      work: fc.record({ seconds: fc.nat(40), failures: fc.nat(3) }),
      recovery,
    }),
  },
);
const pieces = fc.letrec<{ piece: Piece; list: readonly Piece[]; parallel: Piece }>((tie) => ({
  piece: fc.oneof({ maxDepth: 2, depthIdentifier: 'branches' }, simple, tie('parallel')),
  list: fc.array(tie('piece'), { minLength: 1, maxLength: 4 }),
  parallel: fc.record({
    kind: fc.constant('parallel' as const),
    branches: fc.array(tie('list'), { minLength: 1, maxLength: 3, depthIdentifier: 'branches' }),
    recovery,
  }),
}));

/** States of a random machine; `plan` says what the function of each task does. */
export interface RandomMachine {
  readonly states: JsonObject;
  readonly plan: Readonly<Record<string, Work>>;
}

/** Random machines that are valid and end: nested Parallel states, retries, catchers, failures, timeouts. */
export const randomMachine: fc.Arbitrary<RandomMachine> = pieces.list.map((list) => {
  const plan: Record<string, Work> = {};
  let count = 0;
  const build = (branch: readonly Piece[]): JsonObject => {
    const names = branch.map(({ kind }) => `${kind}_${count++}`);
    const end = `end_${count++}`;
    const states: Record<string, JsonObject> = {};
    branch.forEach((piece, index) => {
      const [name, next] = [names[index] as string, names[index + 1] ?? end];
      if (piece.kind === 'task') plan[name] = piece.work;
      states[name] = buildState(name, piece, next, end, (inner) => {
        const built = build(inner);
        return { StartAt: Object.keys(built)[0] ?? '', States: built };
      });
    });
    return { ...reachable(states, end), [end]: { Type: 'Succeed' } };
  };
  return { states: build(list), plan };
});

/** A Fail state ends its branch: what stands behind it is left out. */
function reachable(states: Record<string, JsonObject>, end: string): JsonObject {
  const kept: Record<string, JsonObject> = {};
  for (const [name, state] of Object.entries(states)) {
    kept[name] =
      state.Type === 'Fail'
        ? { Type: 'Choice', Choices: [{ Condition: true, Next: `${name}_f` }], Default: end }
        : state;
    if (state.Type !== 'Fail') continue;
    kept[`${name}_f`] = state;
    break;
  }
  return kept;
}

function buildState(
  name: string,
  piece: Piece,
  next: string,
  end: string,
  branch: (inner: readonly Piece[]) => JsonObject,
): JsonObject {
  switch (piece.kind) {
    case 'pass':
      return { Type: 'Pass', Next: next };
    case 'set':
      return {
        Type: 'Pass',
        Assign: { [`v_${name}`]: '{% $millis() %}' },
        Output: '{% $string($random()) %}',
        Next: next,
      };
    case 'bad':
      return { Type: 'Pass', Output: '{% $states.input.none.none %}', Next: next };
    case 'fail':
      return { Type: 'Fail', Error: `Error_${name}`, Cause: 'as planned' };
    case 'wait':
      return { Type: 'Wait', Seconds: piece.seconds, Next: next };
    case 'choice':
      return { Type: 'Choice', Choices: [{ Condition: piece.skip, Next: end }], Default: next };
    case 'task':
      return {
        Type: 'Task',
        Resource: INVOKE,
        Arguments: { FunctionName: name },
        TimeoutSeconds: 30,
        Output: '{% $states.result.Payload %}',
        ...recover(piece.recovery, end),
        Next: next,
      };
    case 'parallel':
      return {
        Type: 'Parallel',
        Branches: piece.branches.map(branch),
        ...recover(piece.recovery, end),
        Next: next,
      };
  }
}

function recover({ retries, jitter, caught }: Recovery, end: string): JsonObject {
  return {
    Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: retries, JitterStrategy: jitter ? 'FULL' : 'NONE' }],
    ...(caught ? { Catch: [{ ErrorEquals: ['States.ALL'], Next: end }] } : {}),
  };
}
