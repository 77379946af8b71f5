import { widthOf } from './text/text-width.ts';

/** What stands before the first line of a paragraph, and before those that continue it. */
export interface Indent {
  readonly first: string;
  readonly rest: string;
}

/**
 * A text in lines of at most so many columns, broken between words; its own line breaks stay. A word that is longer stands
 * on a line of its own, whole: it may be an ARN that somebody copies.
 */
export function wrap(text: string, columns: number, { first, rest }: Indent): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = lines.length === 0 ? first : rest;
    let isEmpty = true;
    for (const word of paragraph.split(/\s+/).filter((part) => part !== '')) {
      const joined = isEmpty ? line + word : `${line} ${word}`;
      if (isEmpty || widthOf(joined) <= columns) {
        line = joined;
      } else {
        lines.push(line);
        line = rest + word;
      }
      isEmpty = false;
    }
    lines.push(line.trimEnd());
  }
  return lines;
}
