import { BlockList, isIP } from 'node:net';
import { patternError, type ScalarTest } from './pattern.ts';

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
};

/** EventBridge compares numbers of this size at most. */
const LARGEST = 5_000_000_000;

/**
 * Compiles `{"numeric": [">", 0, "<=", 5]}`: one comparison, or a lower bound followed by an upper one.
 * @throws AwsError InvalidEventPatternException
 */
export function compileNumeric(expression: unknown, at: readonly string[]): ScalarTest {
  if (!Array.isArray(expression)) throw patternError('Value of numeric must be an array', at);
  const [operator, bound, upperOperator, upperBound, ...rest] = expression;
  const lower = comparison(operator, bound, at);
  if (expression.length === 2) return (value) => typeof value === 'number' && lower(value);
  if (!String(operator).startsWith('>') || !String(upperOperator).startsWith('<') || rest.length > 0) {
    throw patternError('A numeric range is a lower bound (> or >=) followed by an upper bound (< or <=)', at);
  }
  const upper = comparison(upperOperator, upperBound, at);
  if (bound >= upperBound) throw patternError('Bottom must be less than top', at);
  return (value) => typeof value === 'number' && lower(value) && upper(value);
}

function comparison(operator: unknown, bound: unknown, at: readonly string[]): (value: number) => boolean {
  const compare = typeof operator === 'string' ? COMPARISONS[operator] : undefined;
  if (!compare) throw patternError(`Unrecognized numeric range operator: ${String(operator)}`, at);
  if (typeof bound !== 'number') throw patternError(`Value of ${String(operator)} must be numeric`, at);
  if (Math.abs(bound) > LARGEST) throw patternError(`Value must be between ${-LARGEST} and ${LARGEST}`, at);
  return (value) => compare(value, bound);
}

/**
 * Compiles `{"cidr": "10.0.0.0/8"}`: a text that is an address of that block, IPv4 or IPv6.
 * @throws AwsError InvalidEventPatternException
 */
export function compileCidr(block: unknown, at: readonly string[]): ScalarTest {
  const [address = '', length = '', ...rest] = typeof block === 'string' ? block.split('/') : [];
  const version = isIP(address);
  const bits = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (version === 0 || rest.length > 0 || !(bits <= (version === 4 ? 32 : 128))) {
    throw patternError(`Malformed CIDR ${JSON.stringify(block)}, expected address/bits`, at);
  }
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(address, bits, family);
  return (value) => typeof value === 'string' && isIP(value) === version && list.check(value, family);
}
