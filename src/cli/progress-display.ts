/** Shows what goes on: a line for each thing that ended, and, on a terminal, a running line for what is under way. */
export interface ProgressDisplay {
  /** Something began. Shown at once: as the running line on a terminal, as a line elsewhere. */
  begin(what: string): void;
  /** It ended; `result` stands behind it with the time it took. */
  end(what: string, result: string): void;
  /** It ended badly. */
  fail(what: string, result: string): void;
  /** A line of its own. */
  line(text: string): void;
  close(): void;
}

const REDRAW_MS = 100;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const CLEAR_LINE = '\r\u001B[2K';

/** @param now milliseconds, for the times shown */
export function createProgressDisplay(out: NodeJS.WriteStream, now: () => number): ProgressDisplay {
  const begun = new Map<string, number>();
  const seconds = (what: string) => `${((now() - (begun.get(what) ?? now())) / 1000).toFixed(1)} s`;
  const onTerminal = out.isTTY === true;
  let frame = 0;

  const redraw = () => {
    frame = (frame + 1) % FRAMES.length;
    const [what] = [...begun.keys()].slice(-1);
    if (what !== undefined) out.write(`${CLEAR_LINE}${FRAMES[frame]} ${what} ${seconds(what)}`);
  };
  const line = (text: string) => void out.write(`${onTerminal ? CLEAR_LINE : ''}${text}\n`);
  const timer = onTerminal ? setInterval(redraw, REDRAW_MS) : undefined;

  const finish = (mark: string) => (what: string, result: string) => {
    const took = seconds(what);
    begun.delete(what);
    line(`${mark} ${what}: ${result} (${took})`);
  };

  return {
    line,
    begin: (what) => {
      begun.set(what, now());
      if (!onTerminal) line(`… ${what}`);
    },
    end: finish('✓'),
    fail: finish('✗'),
    close: () => {
      clearInterval(timer);
      if (onTerminal) out.write(CLEAR_LINE);
    },
  };
}
