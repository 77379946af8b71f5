/** The longest name that the local PostgreSQL keeps whole; Redshift takes 127. */
const MOST_BYTES = 63;
const MOST_STEP_LETTERS = 60;

/** Makes names that differ: the second of a kind gets a number. */
export function createNamer(): (name: string) => string {
  const given = new Set<string>();
  return (name) => {
    let unique = name;
    for (let number = 2; given.has(unique.toLowerCase()); number += 1) unique = `${name}_${number}`;
    given.add(unique.toLowerCase());
    return unique;
  };
}

/** A name of a step: `order items` gives `Load_Order_Items`. */
export function stepNameOf(kind: string, words: string): string {
  const parts = words.split(/[^A-Za-z0-9]+/).filter((part) => part !== '');
  const name = [kind, ...parts].map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('_');
  return (parts.length === 0 ? `${kind}_Table` : name).slice(0, MOST_STEP_LETTERS);
}

/** A name that needs no quotes, unless it has letters beyond ASCII: `Order Items` gives `order_items`. */
export function plainName(words: string, prefix: string): string {
  const plain = words.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '_');
  return cutToBytes(`${prefix}${plain.replace(/^_/, '').replace(/_$/, '') || 'table'}`, MOST_BYTES - 4);
}

/** Words for the name of a file: letters, digits and underscores. */
export function fileWords(name: string): string {
  return (
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replace(/^_/, '')
      .replace(/_$/, '')
      .slice(0, 80) || 'table'
  );
}

/** Whether the local warehouse keeps the name whole. */
export function isKeptWhole(name: string): boolean {
  return name.split('.').every((part) => Buffer.byteLength(part) <= MOST_BYTES);
}

/** `erp-orders` gives `erpOrders`; another name where one of these is taken. */
export function identifierOf(name: string, isTaken: (identifier: string) => boolean): string {
  const camel = name.replaceAll(/-+([a-z0-9]?)/g, (_, letter: string) => letter.toUpperCase());
  const candidates = [camel, `${camel}Pipeline`];
  for (let number = 2; ; number += 1) {
    const free = candidates.find((candidate) => !RESERVED.has(candidate) && !isTaken(candidate));
    if (free !== undefined) return free;
    candidates.push(`${camel}Pipeline${number}`);
  }
}

function cutToBytes(text: string, bytes: number): string {
  let cut = '';
  for (const letter of text) {
    if (Buffer.byteLength(cut + letter) > bytes) break;
    cut += letter;
  }
  return cut;
}

/** Words that cannot name a constant of a module. */
const RESERVED: ReadonlySet<string> = new Set(
  `arguments as async await break case catch class const continue debugger default definePipeline delete do else enum eval export extends false
finally for from function get if implements import in infinity instanceof interface let nan new null of package pipelines private
protected public return set static super switch this throw true try type typeof undefined var void while with yield`.split(
    /\s+/,
  ),
);
