/** Where a fault strikes: what is counted as one occurrence of its kind. */
export type ChaosPoint = 'event' | 'call' | 'invocation' | 'statement' | 'rollback';

interface KindOfFault {
  readonly point: ChaosPoint;
  /** What it does, for `--help`. */
  readonly effect: string;
}

/** Every kind of fault that the local AWS can inject. */
export const CHAOS_KINDS = {
  'lost-event': { point: 'event', effect: 'an event never reaches its rules' },
  'double-event': { point: 'event', effect: 'an event is delivered twice, with the same id' },
  'late-event': { point: 'event', effect: 'an event is delivered 1 to 60 s late' },
  'reordered-event': { point: 'event', effect: 'an event is delivered after the one that follows it' },
  throttle: { point: 'call', effect: 'a call is answered 400 ThrottlingException' },
  'wrapped-throttle': {
    point: 'call',
    effect: 'a Data API call is answered 400 ValidationException around a ThrottlingException',
  },
  'error-before': { point: 'call', effect: 'a call is answered 500 and has no effect' },
  'error-after': { point: 'call', effect: 'a call has its effect and is answered 500' },
  'slow-answer': { point: 'call', effect: 'an answer comes 0.5 to 8 s late' },
  'lagging-list': {
    point: 'call',
    effect: 'ListExecutions or ListStatements answers what it answered before',
  },
  'lagging-describe': { point: 'call', effect: 'DescribeReplicationTasks answers what it answered before' },
  'killed-before': { point: 'invocation', effect: 'a Lambda is killed before it has done anything' },
  'killed-after': {
    point: 'invocation',
    effect: 'a Lambda is killed when it has done everything but answer',
  },
  'timed-out': { point: 'invocation', effect: 'a Lambda hangs until it times out (10 s at most here)' },
  'lives-on': {
    point: 'invocation',
    effect: 'a Lambda is given up as timed out, and does its work afterwards',
  },
  'stuck-submitted': {
    point: 'statement',
    effect: 'a statement stays SUBMITTED for 5 to 120 s, and cannot be cancelled meanwhile',
  },
  'slow-rollback': { point: 'rollback', effect: 'a transaction takes 5 to 60 s to roll back' },
} as const satisfies Readonly<Record<string, KindOfFault>>;

export type ChaosKind = keyof typeof CHAOS_KINDS;

/** All names, in the order in which they are tried. */
export const CHAOS_KIND_NAMES = Object.keys(CHAOS_KINDS) as readonly ChaosKind[];

/** The kinds that strike at a point. */
export function kindsAt(point: ChaosPoint): readonly ChaosKind[] {
  return CHAOS_KIND_NAMES.filter((kind) => CHAOS_KINDS[kind].point === point);
}

/**
 * Reads a list of kinds, comma between.
 * @throws RangeError with all kinds when one of them is not known
 */
export function parseKinds(text: string): readonly ChaosKind[] {
  return text.split(',').map((part) => {
    const name = part.trim();
    const kind = CHAOS_KIND_NAMES.find((known) => known === name);
    if (kind !== undefined) return kind;
    throw new RangeError(`there is no kind "${name}"; there are: ${CHAOS_KIND_NAMES.join(', ')}`);
  });
}
