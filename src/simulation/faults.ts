import { FAULT_KINDS, FAULT_RATES, type FaultKind } from './fault-kinds.ts';
import { numberOf } from './random-stream.ts';

/** A fault that strikes. */
export interface Strike {
  readonly kind: FaultKind;
  /** How long or large it is, from 0 up to, not including, 1. */
  readonly amount: number;
}

/** Decides which occurrences are disturbed, and remembers what was. */
export interface Faults {
  /** Whether one of the kinds strikes here: the first that does. Counts as an occurrence of each. */
  strike(kinds: readonly FaultKind[], what: string): Strike | undefined;
  /** From now on nothing strikes. */
  end(): void;
  readonly injected: readonly InjectedFault[];
}

/** `lost-event#12`: the 12th occasion for a lost event. */
export interface InjectedFault {
  readonly id: string;
  readonly kind: FaultKind;
}

export interface FaultOptions {
  readonly seed: number;
  /** Only these, by id, instead of all that the seed has. */
  readonly only?: ReadonlySet<string> | undefined;
  /** Gets each fault and what it struck. */
  readonly report: (line: string) => void;
}

/**
 * The decision about the n-th occasion of a place depends on seed, place and n alone. A place is known by the first of the
 * kinds that can strike there.
 */
export function createFaults({ seed, only, report }: FaultOptions): Faults {
  const occasions = new Map<FaultKind, number>();
  const injected: InjectedFault[] = [];
  let isOver = false;
  return {
    strike(kinds, what) {
      if (isOver) return undefined;
      const place = kinds[0] as FaultKind;
      const occasion = (occasions.get(place) ?? 0) + 1;
      occasions.set(place, occasion);
      const kind = chosenKind(kinds, numberOf(seed, PLACES[place], occasion));
      if (kind === undefined) return undefined;
      const id = `${kind}#${occasion}`;
      if (only !== undefined && !only.has(id)) return undefined;
      injected.push({ id, kind });
      report(`fault ${kind}: ${what}`);
      return { kind, amount: numberOf(seed, PLACES[place] + 1_000, occasion) };
    },
    end: () => {
      isOver = true;
    },
    injected,
  };
}

const PLACES = Object.fromEntries(FAULT_KINDS.map((kind, index) => [kind, index])) as Record<
  FaultKind,
  number
>;

/** The kinds share the numbers from 0 up to 1, each as much as it is likely; the rest is nobody's. */
function chosenKind(kinds: readonly FaultKind[], number: number): FaultKind | undefined {
  let left = number;
  for (const kind of kinds) {
    left -= FAULT_RATES[kind];
    if (left < 0) return kind;
  }
  return undefined;
}

/** A length for a strike: short ones are likelier, in equal steps of the logarithm. */
export function lengthOf({ amount }: Strike, shortest: number, longest: number): number {
  return Math.round(shortest * (longest / shortest) ** amount);
}
