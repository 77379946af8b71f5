import { widthOf } from '../../../../src/cli/screen/text-width.ts';

const ESCAPE = String.fromCodePoint(0x1b);
/** A command, or a character. */
const PARTS = new RegExp(`${ESCAPE}\\[[?0-9;]*[A-Za-z]|[\\r\\n]|[^${ESCAPE}\\r\\n]+`, 'gu');
const segmenter = new Intl.Segmenter();

/** A terminal that shows what was written to it: it knows line breaks, and the commands that a list is drawn with. */
export function createFakeTerminal(columns: number, rows: number) {
  /** A wide character has an empty cell behind it. */
  const lines: string[][] = [[]];
  let row = 0;
  let column = 0;
  const listeners = new Set<() => void>();
  const stream = {
    isTTY: true,
    columns,
    rows,
    getColorDepth: () => 1,
    hasColors: () => false,
    on: (_: string, listener: () => void) => void listeners.add(listener),
    off: (_: string, listener: () => void) => void listeners.delete(listener),
    write(text: string) {
      for (const part of text.match(PARTS) ?? []) put(part);
      return true;
    },
  };

  function put(part: string): void {
    if (part === '\r') column = 0;
    else if (part === '\n') newLine();
    else if (part === `${ESCAPE}[2K`) lines[row] = [];
    else if (part === `${ESCAPE}[1B`) row = Math.min(lines.length - 1, row + 1);
    else if (part === `${ESCAPE}[1A`) row = Math.max(lines.length - stream.rows, row - 1, 0);
    else if (!part.startsWith(ESCAPE)) for (const { segment } of segmenter.segment(part)) character(segment);
  }

  function character(text: string): void {
    const width = widthOf(text);
    if (width === 0) return;
    if (column + width > stream.columns) newLine();
    const line = lines[row] ?? [];
    while (line.length < column) line.push(' ');
    line.splice(column, width, text, ...Array(width - 1).fill(''));
    column += width;
  }

  function newLine(): void {
    row += 1;
    column = 0;
    if (row === lines.length) lines.push([]);
  }

  return {
    stream: stream as unknown as NodeJS.WriteStream,
    /** Everything, also what has gone over the upper edge. */
    shown: () =>
      lines
        .map((line) => line.join('').trimEnd())
        .join('\n')
        .trimEnd(),
    /** Becomes another size, and breaks the lines that stand there, as terminals do. */
    resize(to: { readonly columns: number; readonly rows: number }) {
      const broken = lines.map((line) => breakLine(line, to.columns));
      row = broken.slice(0, row).flat().length;
      lines.splice(0, lines.length, ...broken.flat());
      column = 0;
      Object.assign(stream, to);
      for (const listener of listeners) listener();
    },
  };
}

function breakLine(line: readonly string[], columns: number): string[][] {
  const parts: string[][] = [];
  for (let from = 0; from === 0 || from < line.length; from += columns)
    parts.push(line.slice(from, from + columns));
  return parts;
}
