import { CHAOS_KIND_NAMES, type ChaosKind } from './kinds.ts';

export interface ChaosSettings {
  /** Share of the events, calls, invocations, statements and rollbacks that are disturbed, from 0 to 1. */
  readonly rate: number;
  readonly seed: number;
  /** @default all kinds */
  readonly only?: readonly ChaosKind[];
}

/** A fault that is to be injected. */
export interface Draw<Kind extends string = ChaosKind> {
  readonly kind: Kind;
  /** Which occurrence it is of the place where it strikes, from 1. */
  readonly occurrence: number;
  /** How long or large it is, from 0 up to, not including, 1. */
  readonly amount: number;
}

/** Whether one of the kinds strikes now, and which. Counts as an occurrence of the place where they can. */
export type DrawFault<Kind extends string = ChaosKind> = (kinds: readonly Kind[]) => Draw<Kind> | undefined;

export interface ChaosPlan {
  readonly draw: DrawFault;
}

/** Decides which occurrences are disturbed. Kinds that can strike at the same place share the rate. */
export function createChaosPlan({ rate, seed, only = CHAOS_KIND_NAMES }: ChaosSettings): ChaosPlan {
  const draw = createDraws({ seed, kinds: CHAOS_KIND_NAMES, rateOf: (_, among) => rate / among.length });
  return {
    draw(kinds) {
      const enabled = kinds.filter((kind) => only.includes(kind));
      return enabled.length === 0 ? undefined : draw(enabled);
    },
  };
}

export interface DrawSettings<Kind extends string> {
  readonly seed: number;
  /** All that there are: another order is another plan. */
  readonly kinds: readonly Kind[];
  /** How likely a kind strikes where it and those others can. */
  rateOf(kind: Kind, among: readonly Kind[]): number;
}

/**
 * The decision about the n-th occurrence of a place depends on seed, place and n alone, whatever happens beside it and
 * however long it takes. A place is known by the first of the kinds that can strike there.
 */
export function createDraws<Kind extends string>({
  seed,
  kinds: all,
  rateOf,
}: DrawSettings<Kind>): DrawFault<Kind> {
  const places = new Map(all.map((kind, index) => [kind, index]));
  const occurrences = new Map<number, number>();
  return (kinds) => {
    const place = places.get(kinds[0] as Kind) ?? 0;
    const occurrence = (occurrences.get(place) ?? 0) + 1;
    occurrences.set(place, occurrence);
    // The kinds share the numbers from 0 up to 1, each as much as it is likely; the rest is nobody's.
    let left = numberOf(seed, place, occurrence);
    for (const kind of kinds) {
      left -= rateOf(kind, kinds);
      if (left < 0) return { kind, occurrence, amount: numberOf(seed, place + OF_AMOUNTS, occurrence) };
    }
    return undefined;
  };
}

/** More than there are kinds. */
const OF_AMOUNTS = 1_000;

/** A length for a draw: short ones are likelier, in equal steps of the logarithm. */
export function lengthOf({ amount }: Pick<Draw, 'amount'>, shortest: number, longest: number): number {
  return Math.round(shortest * (longest / shortest) ** amount);
}

/** A number from 0 up to 1 that belongs to a seed and two further numbers. */
function numberOf(seed: number, place: number, occurrence: number): number {
  return (
    mixBits(
      mixBits(mixBits(seed | 0) ^ Math.imul(place + 1, 0x9e3779b1)) ^ Math.imul(occurrence, 0x85ebca6b),
    ) /
    2 ** 32
  );
}

/** 32 bits, unsigned, of which each depends on all that went in. */
export function mixBits(value: number): number {
  let mixed = (value + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
