import { createHash } from 'node:crypto';
import type { EngineDeps } from '../branch.ts';
import { type Bindings, parseExpression } from './expression.ts';

/**
 * The functions Step Functions adds to JSONata, and JSONata's own `$now`, `$millis` and `$random` on the injected
 * clock and chance (docs: Transforming data with JSONata in Step Functions). Each answers undefined for undefined.
 */
export function createFunctions({ clock, random, createId }: EngineDeps): Bindings {
  return {
    partition,
    range,
    hash,
    parse,
    uuid: () => createId(),
    random: (seed?: unknown) =>
      seed === undefined ? random() : createSeededRandom(numberOf(seed, 'random'))(),
    millis: () => clock.now(),
    now: (picture?: string, timezone?: string) => formatTime(clock.now(), picture, timezone),
  };
}

/** `$partition(array, size)`: slices of at most `size` elements. */
function partition(array: unknown, size: unknown): unknown[] | undefined {
  if (array === undefined) return undefined;
  const width = numberOf(size, 'partition');
  if (!Number.isInteger(width) || width <= 0) throw new Error('partition size must be a positive integer');
  const items = Array.isArray(array) ? array : [array];
  const slices: unknown[] = [];
  for (let start = 0; start < items.length; start += width) slices.push(items.slice(start, start + width));
  return slices;
}

/** Elements of the largest range that fits Step Functions' memory limit for an expression, as measured. */
const RANGE_LIMIT = 360_145;

/** `$range(first, last, step)`: the numbers from first on, last among them when a step lands on it. */
function range(first: unknown, last: unknown, step: unknown): number[] {
  const [from, to, by] = [first, last, step].map((value) => numberOf(value, 'range')) as [
    number,
    number,
    number,
  ];
  if (by === 0) throw new Error('range delta must not be 0');
  const count = Math.max(0, Math.floor((to - from) / by) + 1);
  if (count > RANGE_LIMIT) {
    throw new Error('Expression evaluation memory limit exceeded: Check for excessive memory usage');
  }
  return Array.from({ length: count }, (_, index) => from + index * by);
}

const ALGORITHMS = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

/** `$hash(text, algorithm)`: the digest in hexadecimal. */
function hash(text: unknown, algorithm: unknown): string | undefined {
  if (text === undefined) return undefined;
  const name = ALGORITHMS.get(String(algorithm));
  if (name === undefined)
    throw new Error(`hash algorithm must be one of ${[...ALGORITHMS.keys()].join(', ')}`);
  return createHash(name).update(stringOf(text, 'hash')).digest('hex');
}

/** `$parse(text)`: the value of JSON text. */
function parse(text: unknown): unknown {
  return text === undefined ? undefined : JSON.parse(stringOf(text, 'parse'));
}

function numberOf(value: unknown, name: string): number {
  if (typeof value !== 'number') throw new Error(`Argument of function "${name}" must be a number`);
  return value;
}

function stringOf(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new Error(`Argument of function "${name}" must be a string`);
  return value;
}

function formatTime(ms: number, picture?: string, timezone?: string): Promise<unknown> | string {
  if (picture === undefined && timezone === undefined) return new Date(ms).toISOString();
  return parseExpression('$fromMillis($ms, $picture, $timezone)').evaluate({ ms, picture, timezone });
}

const MULTIPLIER = 0x5deece66dn;
const ADDEND = 0xbn;
const MASK = (1n << 48n) - 1n;

/**
 * Numbers from 0 up to 1 that depend on the seed alone. They are those of Java's `java.util.Random`, which Step
 * Functions' `$random(seed)` answers: seed 42 begins with 0.7275636800328681.
 */
export function createSeededRandom(seed: number): () => number {
  let state = (BigInt(Math.trunc(seed)) ^ MULTIPLIER) & MASK;
  const next = (bits: bigint) => {
    state = (state * MULTIPLIER + ADDEND) & MASK;
    return state >> (48n - bits);
  };
  return () => Number((next(26n) << 27n) + next(27n)) / 2 ** 53;
}
