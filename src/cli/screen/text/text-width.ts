import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter();

/** Columns that a text takes on a terminal: wide characters take two. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** A text cut to so many columns, with `…` where something was left out. */
export function cutToWidth(text: string, columns: number): string {
  if (columns <= 0) return '';
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    width += widthOf(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** A text with blanks behind it up to so many columns. */
export function padToWidth(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}
