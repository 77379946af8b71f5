import { mixBits } from '../local/parts.ts';

/** Chance that depends on a seed and a label alone. */
export interface RandomStream {
  /** From 0 up to, not including, 1. */
  next(): number;
  between(low: number, high: number): number;
  /** A whole number, both ends included. */
  whole(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  chance(probability: number): boolean;
}

/** Streams of different labels do not disturb each other. */
export function createRandomStream(seed: number, label: string): RandomStream {
  let state = hashOf(seed, label);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    return mixBits(state) / 2 ** 32;
  };
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    whole,
    pick: <T>(items: readonly T[]) => items[whole(0, items.length - 1)] as T,
    chance: (probability) => next() < probability,
  };
}

/** 32 bits, unsigned. */
function hashOf(seed: number, label: string): number {
  let hash = mixBits(seed | 0);
  for (let index = 0; index < label.length; index += 1) hash = mixBits(hash ^ label.charCodeAt(index));
  return hash;
}
