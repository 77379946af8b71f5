/** Bytes of a text as a member of JSON. */
function bytesInJson(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}

/**
 * The first of the texts that fits.
 * @param mostBytes of the text as a member of JSON
 * @throws RangeError when none does
 */
export function fitBytes(texts: readonly string[], mostBytes: number): string {
  const fitting = texts.find((text) => bytesInJson(text) <= mostBytes);
  if (fitting !== undefined) return fitting;
  throw new RangeError(`takes more than ${mostBytes} bytes`);
}

/** At most as many characters, and no half of one at the end. */
export function cutText(text: string, characters: number): string {
  if (text.length <= characters) return text;
  return `${text.slice(0, characters - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
