import { createHash } from 'node:crypto';
import type { EngineDeps } from './branch.ts';
import { parseExpression } from './expression.ts';
import { createSeededRandom } from './seeded-random.ts';

type Callable = (...args: never[]) => unknown;

/**
 * The functions Step Functions adds to JSONata, and JSONata's own `$now`, `$millis` and `$random` on the injected
 * clock and chance (docs: Transforming data with JSONata in Step Functions, "JSONata functions provided by Step Functions").
 */
export function createFunctions(deps: EngineDeps): Readonly<Record<string, Callable>> {
  return {
    partition,
    range,
    hash,
    parse,
    uuid: () => deps.createId(),
    random: (seed?: number) => (seed === undefined ? deps.random() : createSeededRandom(seed)()),
    millis: () => deps.clock.now(),
    now: (picture?: string, timezone?: string) => formatTime(deps.clock.now(), picture, timezone),
  };
}

/** `$partition(array, size)`: slices of at most `size` elements. */
function partition(array: unknown, size: number): unknown[] | undefined {
  if (array === undefined) return undefined;
  if (!Number.isInteger(size) || size <= 0) throw new Error('partition size must be a positive integer');
  const items = Array.isArray(array) ? array : [array];
  const slices: unknown[] = [];
  for (let start = 0; start < items.length; start += size) slices.push(items.slice(start, start + size));
  return slices;
}

const RANGE_LIMIT = 1_000;

/** `$range(first, last, step)`: the numbers from first to at most last, at most 1,000 of them. */
function range(first: number, last: number, step: number): number[] {
  if (![first, last, step].every(Number.isInteger)) throw new Error('range takes three integers');
  if (step === 0) throw new Error('range delta must not be 0');
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  if (count > RANGE_LIMIT) throw new Error(`range is limited to ${RANGE_LIMIT} elements`);
  return Array.from({ length: count }, (_, index) => first + index * step);
}

const ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** `$hash(text, algorithm)`: the digest in hexadecimal. */
function hash(text: string, algorithm: string): string {
  const name = ALGORITHMS[algorithm];
  if (name === undefined)
    throw new Error(`hash algorithm must be one of ${Object.keys(ALGORITHMS).join(', ')}`);
  return createHash(name).update(text).digest('hex');
}

/** `$parse(text)`: the value of JSON text. */
function parse(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

function formatTime(ms: number, picture?: string, timezone?: string): Promise<unknown> | string {
  if (picture === undefined && timezone === undefined) return new Date(ms).toISOString();
  return parseExpression('$fromMillis($ms, $picture, $timezone)').evaluate({ ms, picture, timezone });
}
