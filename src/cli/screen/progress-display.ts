import { styleText } from 'node:util';
import { wrap } from './wrap.ts';

/** How something ended: well, badly, or not at all. */
export type Mark = '✓' | '✗' | '–';

/** How an end is shown. */
interface End {
  /** @default '✓' */
  readonly mark?: Mark;
  /** Milliseconds it took. @default since its begin */
  readonly ms?: number;
}

/** Shows what goes on: a line for each thing that ended, and, on a terminal, a running line for what is under way. */
export interface ProgressDisplay {
  /** Characters that a line of text should have at most. */
  readonly columns: number;
  /** Something began. Shown at once: as the running line on a terminal, as a line elsewhere. */
  begin(what: string): void;
  /** It ended; `result` stands behind it with the time it took. */
  end(what: string, result: string, end?: End): void;
  /** A line of its own, as it is. */
  line(text: string): void;
  /** A sentence that begins with a mark: one line, or on a terminal as many as it takes. */
  sentence(text: string): void;
  close(): void;
}

const REDRAW_MS = 100;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const CLEAR_LINE = '\r\u001B[2K';

/** Width of text for those who are no terminal. */
const READABLE_COLUMNS = 100;
const NARROWEST_COLUMNS = 40;

const COLOURS = { '✓': 'green', '✗': 'red', '–': 'dim', '!': 'yellow' } as const;

/** @param now milliseconds, for the times shown */
export function createProgressDisplay(out: NodeJS.WriteStream, now: () => number): ProgressDisplay {
  const begun = new Map<string, number>();
  const elapsed = (what: string) => now() - (begun.get(what) ?? now());
  const onTerminal = out.isTTY === true;
  const columns = () => (onTerminal ? Math.max(NARROWEST_COLUMNS, out.columns) : READABLE_COLUMNS);
  let frame = 0;

  const redraw = () => {
    frame = (frame + 1) % FRAMES.length;
    const [what] = [...begun.keys()].slice(-1);
    if (what === undefined) return;
    // What goes over the edge could not be cleared.
    const text = `${FRAMES[frame]} ${what} ${seconds(elapsed(what))}`.slice(0, columns() - 1);
    out.write(`${CLEAR_LINE}${text}`);
  };
  const line = (text: string) =>
    void out.write(onTerminal ? `${CLEAR_LINE}${withColour(text, out)}\n` : `${text}\n`);
  const sentence = (text: string) => {
    const lines = onTerminal ? wrap(text, columns(), { first: '', rest: '    ' }) : [text];
    for (const part of lines) line(part);
  };
  const timer = onTerminal ? setInterval(redraw, REDRAW_MS) : undefined;

  return {
    get columns() {
      return columns();
    },
    line,
    sentence,
    begin: (what) => {
      begun.set(what, now());
      if (!onTerminal) line(`… ${what}`);
    },
    end: (what, result, { mark = '✓', ms = elapsed(what) } = {}) => {
      begun.delete(what);
      sentence(`${mark} ${what}: ${result} (${seconds(ms)})`);
    },
    close: () => {
      clearInterval(timer);
      if (onTerminal) out.write(CLEAR_LINE);
    },
  };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** The mark at the beginning in its colour, on a terminal that shows colours, and without NO_COLOR. */
function withColour(text: string, stream: NodeJS.WriteStream): string {
  const [mark = ''] = text;
  const colour = COLOURS[mark as keyof typeof COLOURS];
  return colour === undefined ? text : styleText(colour, mark, { stream }) + text.slice(mark.length);
}
