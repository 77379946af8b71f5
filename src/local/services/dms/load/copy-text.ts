/**
 * PostgreSQL's text format of COPY: a line a row, tabs between fields, `\N` for NULL.
 * @see https://www.postgresql.org/docs/current/sql-copy.html
 */
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** The value of a field; null for NULL. */
export function decodeField(field: string): string | null {
  if (field === '\\N') return null;
  return field.replaceAll(/\\([\s\S])/g, (_, character: string) => ESCAPES[character] ?? character);
}

/** A value as a field. */
export function encodeField(value: string | null): string {
  if (value === null) return '\\N';
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
}

/** Cuts what a COPY sends into its lines, without their line breaks; a list for each chunk that ends one. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
  }
}
