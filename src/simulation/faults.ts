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

/** The decision about the n-th occasion of a kind depends on seed, kind and n alone. */
export function createFaults({ seed, only, report }: FaultOptions): Faults {
  const occasions = new Map<FaultKind, number>();
  const injected: InjectedFault[] = [];
  let isOver = false;

  const draw = (kind: FaultKind): Strike | undefined => {
    const index = FAULT_KINDS.indexOf(kind);
    const occasion = (occasions.get(kind) ?? 0) + 1;
    occasions.set(kind, occasion);
    if (numberOf(seed, index, occasion) >= FAULT_RATES[kind]) return undefined;
    const id = `${kind}#${occasion}`;
    if (only !== undefined && !only.has(id)) return undefined;
    injected.push({ id, kind });
    return { kind, amount: numberOf(seed, index + 1_000, occasion) };
  };

  return {
    strike(kinds, what) {
      if (isOver) return undefined;
      for (const kind of kinds) {
        const drawn = draw(kind);
        if (drawn === undefined) continue;
        report(`fault ${kind}: ${what}`);
        return drawn;
      }
      return undefined;
    },
    end: () => {
      isOver = true;
    },
    injected,
  };
}

/** A length for a strike: short ones are likelier, in equal steps of the logarithm. */
export function lengthOf({ amount }: Strike, shortest: number, longest: number): number {
  return Math.round(shortest * (longest / shortest) ** amount);
}
