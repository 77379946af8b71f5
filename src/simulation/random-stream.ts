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
    return mix(state) / 2 ** 32;
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

/** A number from 0 up to 1 that belongs to a seed and two further numbers. */
export function numberOf(seed: number, kind: number, occurrence: number): number {
  return (
    mix(mix(mix(seed | 0) ^ Math.imul(kind + 1, 0x9e3779b1)) ^ Math.imul(occurrence, 0x85ebca6b)) / 2 ** 32
  );
}

/** 32 bits, unsigned. */
function hashOf(seed: number, label: string): number {
  let hash = mix(seed | 0);
  for (let index = 0; index < label.length; index += 1) hash = mix(hash ^ label.charCodeAt(index));
  return hash;
}

function mix(value: number): number {
  let mixed = (value + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
