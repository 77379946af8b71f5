import { createHash } from 'node:crypto';
import { CHAOS_KIND_NAMES, type ChaosKind } from './kinds.ts';

export interface ChaosSettings {
  /** Share of the events, calls, invocations, statements and rollbacks that are disturbed, from 0 to 1. */
  readonly rate: number;
  readonly seed: number;
  /** @default all kinds */
  readonly only?: readonly ChaosKind[];
}

/** A fault that is to be injected. */
export interface Draw {
  readonly kind: ChaosKind;
  /** Which occurrence of the kind it is, from 1. */
  readonly occurrence: number;
  /** How long or large it is, from 0 up to, not including, 1. */
  readonly amount: number;
}

export interface ChaosPlan {
  /** Whether one of the kinds strikes now: the first that does. Counts as an occurrence of each of them. */
  draw(kinds: readonly ChaosKind[]): Draw | undefined;
}

/**
 * Decides which occurrences are disturbed. The decision about the n-th occurrence of a kind depends on seed, kind and n
 * alone, whatever happens beside it and however long it takes. Kinds that can strike at the same place share the rate.
 */
export function createChaosPlan({ rate, seed, only = CHAOS_KIND_NAMES }: ChaosSettings): ChaosPlan {
  const occurrences = new Map<ChaosKind, number>();
  return {
    draw(kinds) {
      const enabled = kinds.filter((kind) => only.includes(kind));
      let drawn: Draw | undefined;
      for (const kind of enabled) {
        const occurrence = (occurrences.get(kind) ?? 0) + 1;
        occurrences.set(kind, occurrence);
        const [chance, amount] = numbersOf(`${seed}/${kind}/${occurrence}`);
        if (drawn === undefined && chance < rate / enabled.length) drawn = { kind, occurrence, amount };
      }
      return drawn;
    },
  };
}

/** Two numbers from 0 up to 1 that belong to a text. */
function numbersOf(text: string): readonly [number, number] {
  const digest = createHash('sha256').update(text).digest();
  return [digest.readUIntBE(0, 6) / 2 ** 48, digest.readUIntBE(6, 6) / 2 ** 48];
}
