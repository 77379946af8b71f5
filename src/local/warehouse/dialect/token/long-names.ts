import { createHash } from 'node:crypto';

/** Redshift cuts longer names: https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html */
const MOST_BYTES = 127;
/** PostgreSQL cuts longer ones, and two of them would be one. */
const MOST_BYTES_HERE = 63;
const HASH_DIGITS = 12;

/** Names that were shortened, by what they are to the server. */
const written = new Map<string, string>();

/** The name as the server has it: a longer one keeps its beginning, and a hash tells it from others. */
export function shortName(name: string): string {
  if (Buffer.byteLength(name) <= MOST_BYTES_HERE) return name;
  const long = cut(name, MOST_BYTES);
  const hash = createHash('sha256').update(long).digest('hex').slice(0, HASH_DIGITS);
  const short = `${cut(long, MOST_BYTES_HERE - HASH_DIGITS - 1)}_${hash}`;
  written.set(short, long);
  return short;
}

function cut(name: string, bytes: number): string {
  let start = name;
  while (Buffer.byteLength(start) > bytes) start = start.slice(0, -1);
  return start;
}

/** A text of the server's, with names as they were written. */
export function withLongNames(text: string): string {
  return written.size === 0
    ? text
    : text.replaceAll(/[\w$\u0080-\uffff]{40,63}/g, (name) => written.get(name) ?? name);
}
