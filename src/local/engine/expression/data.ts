import type { Json } from '../../contracts.ts';

/** A JSON value together with its text: the history shows the text, expressions read the value. */
export interface Data {
  readonly value: Json;
  readonly text: string;
}

/** Largest input or output of a task, state or execution, in bytes of UTF-8 (Step Functions service quotas). */
const DATA_LIMIT_BYTES = 262_144;

/** Data of a JSON value. Whatever JSON cannot carry is dropped the way `JSON.stringify` drops it. */
export function dataOf(value: unknown): Data {
  const text = JSON.stringify(value) ?? 'null';
  return { value: JSON.parse(text) as Json, text };
}

/** Data of what is a JSON value already: read from JSON, and nobody's to change. */
export function jsonData(value: Json): Data {
  return { value, text: JSON.stringify(value) };
}

/** Data of JSON text. @throws SyntaxError when the text is no JSON */
export function parseData(text: string): Data {
  return { value: JSON.parse(text) as Json, text };
}

/** Whether the text has more bytes than an input or output may have: 262,144. */
export function exceedsDataLimit(text: string): boolean {
  if (text.length * 3 <= DATA_LIMIT_BYTES) return false;
  return Buffer.byteLength(text) > DATA_LIMIT_BYTES;
}
