import { createHash } from 'node:crypto';

/** PostgreSQL cuts longer names without a word, and two of them would be one. */
const MOST_BYTES = 63;
const HASH_DIGITS = 12;

/** Names that were shortened, by what they are to the server. */
const written = new Map<string, string>();

/** The name as the server has it: a longer one keeps its beginning, and a hash tells it from others. */
export function shortName(name: string): string {
  if (Buffer.byteLength(name) <= MOST_BYTES) return name;
  let start = name;
  while (Buffer.byteLength(start) > MOST_BYTES - HASH_DIGITS - 1) start = start.slice(0, -1);
  const short = `${start}_${createHash('sha256').update(name).digest('hex').slice(0, HASH_DIGITS)}`;
  written.set(short, name);
  return short;
}

/** A text of the server's, with names as they were written. */
export function withLongNames(text: string): string {
  return written.size === 0
    ? text
    : text.replaceAll(/[\w$\u0080-\uffff]{40,63}/g, (name) => written.get(name) ?? name);
}
