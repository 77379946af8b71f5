import { styleText } from 'node:util';
import { printable } from '../text/printable.ts';
import { wrap } from '../wrap.ts';
import { type Colour, finalLines, type ListView, liveLines } from './list-lines.ts';
import { createLiveRegion } from './live-region.ts';
import { describeSeconds, type Mark, type ShownRow } from './shown-row.ts';

/** How an end is shown. */
interface End {
  /** @default '✓' */
  readonly mark?: Mark;
  /** Milliseconds it took. @default since its begin */
  readonly ms?: number;
}

/**
 * Shows what goes on. On a terminal: lines of what has ended, and below them a list that is drawn again and again. Elsewhere: a line
 * for each event. It is the one place that writes text from outside, and makes it printable.
 */
export interface ProgressDisplay {
  /** Characters that a line of text should have at most. */
  readonly columns: number;
  /** Whether there is a list, so that what it shows needs no lines. */
  readonly isLive: boolean;
  /** Something began. Shown at once: in the list, or as a line. */
  begin(what: string): void;
  /** It ended; `result` stands behind it with the time it took. */
  end(what: string, result: string, end?: End): void;
  /** Shows rows in the list, in place of those before. Does nothing where there is no list. */
  list(rows: readonly ShownRow[]): void;
  /** A line of its own. */
  line(text: string): void;
  /** A sentence that begins with a mark: one line, or on a terminal as many as it takes. */
  sentence(text: string): void;
  /** Leaves the list as it is. Lines may follow. */
  close(): void;
}

const REDRAW_MS = 100;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Width of text for those who are no terminal. */
const READABLE_COLUMNS = 100;

const COLOURS: Readonly<Record<string, Colour>> = { '✓': 'green', '✗': 'red', '–': 'dim', '!': 'yellow' };

/** @param now milliseconds since 1970 */
export function createProgressDisplay(
  out: NodeJS.WriteStream,
  now: () => number = Date.now,
  env: NodeJS.ProcessEnv = process.env,
): ProgressDisplay {
  const paint = (colour: Colour, text: string) => styleText(colour, text, { stream: out });
  const withColour = (text: string) => {
    const [mark = ''] = text;
    const colour = COLOURS[mark];
    return colour === undefined ? text : paint(colour, mark) + text.slice(mark.length);
  };
  return canRedraw(out, env)
    ? createLiveDisplay(out, now, paint, withColour)
    : createLineDisplay(out, now, withColour);
}

/** A terminal that understands the commands, before which a person sits. */
function canRedraw(out: NodeJS.WriteStream, { TERM, CI }: NodeJS.ProcessEnv): boolean {
  const isCi = CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0';
  return out.isTTY === true && TERM !== 'dumb' && !isCi;
}

type Paint = ListView['paint'];

function createLineDisplay(
  out: NodeJS.WriteStream,
  now: () => number,
  withColour: (text: string) => string,
): ProgressDisplay {
  const begun = new Map<string, number>();
  const line = (text: string) => void out.write(`${withColour(printable(text))}\n`);
  return {
    columns: READABLE_COLUMNS,
    isLive: false,
    line,
    sentence: line,
    begin: (what) => {
      begun.set(what, now());
      line(`… ${what}`);
    },
    end: (what, result, { mark = '✓', ms = now() - (begun.get(what) ?? now()) } = {}) => {
      begun.delete(what);
      line(`${mark} ${what}: ${result} (${describeSeconds(ms)})`);
    },
    list: () => {},
    close: () => {},
  };
}

function createLiveDisplay(
  out: NodeJS.WriteStream,
  now: () => number,
  paint: Paint,
  withColour: (text: string) => string,
): ProgressDisplay {
  const region = createLiveRegion(out);
  const begun = new Map<string, number>();
  let rows: readonly ShownRow[] = [];
  let frames = 0;
  const view = (): ListView => ({
    columns: Math.max(1, out.columns),
    now: now(),
    frame: FRAMES[frames % FRAMES.length] ?? '',
    paint,
  });
  const redraw = () =>
    region.draw(liveLines([...begunRows(begun), ...rows], Math.max(1, out.rows - 1), view()));
  const timer = setInterval(() => {
    frames += 1;
    redraw();
  }, REDRAW_MS);
  out.on('resize', redraw);

  const line = (text: string) => region.above(withColour(printable(text)));
  const sentence = (text: string) => {
    for (const part of wrap(printable(text), out.columns, { first: '', rest: '    ' })) line(part);
  };
  return {
    get columns() {
      return Math.max(1, out.columns);
    },
    isLive: true,
    line,
    sentence,
    begin: (what) => {
      begun.set(what, now());
      redraw();
    },
    end: (what, result, { mark = '✓', ms = now() - (begun.get(what) ?? now()) } = {}) => {
      begun.delete(what);
      redraw();
      sentence(`${mark} ${what}: ${result} (${describeSeconds(ms)})`);
    },
    list: (shown) => {
      rows = shown;
      redraw();
    },
    close: () => {
      clearInterval(timer);
      out.off('resize', redraw);
      region.draw([]);
      for (const text of finalLines(rows.map(asEnded), view())) region.above(text);
      rows = [];
    },
  };
}

/** What still runs when nobody looks on is not seen to its end. */
function asEnded(row: ShownRow): ShownRow {
  return row.state === 'running' ? { ...row, state: 'aborted', result: 'cancelled' } : row;
}

function begunRows(begun: ReadonlyMap<string, number>): readonly ShownRow[] {
  return [...begun].map(([name, startedAt]) => {
    const sentence = { subject: name, result: '' };
    return { name, about: '', state: 'running', result: '', sentence, startedAt };
  });
}
