import { BlockList, isIP } from 'node:net';
import type { ScalarTest } from './pattern.ts';
import { patternError } from './pattern-error.ts';

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
