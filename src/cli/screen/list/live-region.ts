import { widthOf } from '../text/text-width.ts';

/** The last lines of a terminal, which are drawn again and again. What is written otherwise goes above them. */
export interface LiveRegion {
  /** Draws lines in place of those before. None may be wider than the terminal. */
  draw(lines: readonly string[]): void;
  /** Writes text above. */
  above(text: string): void;
}

const HIDE_CURSOR = '\u001B[?25l';
const SHOW_CURSOR = '\u001B[?25h';
const CLEAR_LINE = '\r\u001B[2K';
const UP = '\u001B[1A';
const DOWN = '\u001B[1B';

/**
 * Ours, not a library's: when a terminal becomes narrower it breaks the lines that stand there, so that more of them have to be
 * erased than were written; and a list that is too high is cut by what it is about, before it gets here.
 */
export function createLiveRegion(out: NodeJS.WriteStream): LiveRegion {
  let drawn: readonly string[] = [];

  const erase = () => {
    if (drawn.length === 0) return '';
    const columns = Math.max(1, out.columns);
    const heights = drawn.map((line) => Math.max(1, Math.ceil(widthOf(line) / columns)));
    const below = (heights.at(-1) ?? 1) - 1;
    const above = heights.slice(0, -1).reduce((sum, height) => sum + height, 0);
    // Line by line: tmux keeps what is cleared at once. What has gone over the upper edge cannot be reached any more.
    return [
      ...Array(below).fill(DOWN + CLEAR_LINE),
      ...Array(below).fill(UP),
      CLEAR_LINE,
      ...Array(Math.min(above, Math.max(0, out.rows - 1))).fill(UP + CLEAR_LINE),
    ].join('');
  };
  // The cursor waits at the beginning of the last line: `^C`, which the terminal writes there, must not break it.
  const shown = (lines: readonly string[]) =>
    lines.length === 0 ? SHOW_CURSOR : `${HIDE_CURSOR}${lines.join('\n')}\r`;
  return {
    draw(lines) {
      if (lines.length === 0 && drawn.length === 0) return;
      out.write(erase() + shown(lines));
      drawn = lines;
    },
    above(text) {
      const below = drawn.length === 0 ? '' : shown(drawn);
      out.write(`${erase()}${text}\n${below}`);
    },
  };
}
