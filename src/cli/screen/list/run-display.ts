import type { Pipeline } from '../../../definition/pipeline.ts';
import type { WrittenRows } from '../../../report/report.ts';
import type { Run, RunStep, StepState } from '../../../run-history/run.ts';
import { causeLines } from '../cause-lines.ts';
import type { ProgressDisplay } from './progress-display.ts';
import { runRows } from './run-rows.ts';
import type { ShownRow } from './shown-row.ts';

/** Shows a run, each time it is given it: as a list where there is one, elsewhere by what has changed since. */
export interface RunDisplay {
  update(run: Run): void;
  /** Resolves when everything is shown, also the steps that the run did not come to, and why. */
  finish(run: Run): Promise<void>;
}

/** Asks for the rows that a step wrote. What cannot be found out is not shown. */
export type ReadWritten = (step: RunStep) => Promise<readonly WrittenRows[]>;

/** @see RunDisplay */
export function createRunDisplay(
  pipeline: Pipeline,
  display: ProgressDisplay,
  readWritten: ReadWritten,
): RunDisplay {
  const written = new Map<string, readonly WrittenRows[]>();
  const asked = new Map<string, Promise<void>>();
  const show = display.isLive ? showList(display) : showChanges(display);
  const rowsOf = (run: Run) => runRows(pipeline, run, written);

  const ask = (run: Run, step: RunStep) => {
    const answer = readWritten(step)
      .then(
        (rows) => void written.set(step.name, rows),
        () => {},
      )
      .then(() => show.again(() => rowsOf(latest ?? run)));
    asked.set(step.name, answer);
  };
  let latest: Run | undefined;
  return {
    update(run) {
      latest = run;
      for (const step of run.steps) if (step.state === 'done' && !asked.has(step.name)) ask(run, step);
      show.update(rowsOf(run), () => rowsOf(run), asked);
    },
    async finish(run) {
      await Promise.all(asked.values());
      await show.finish(() => rowsOf(run));
    },
  };
}

type Rows = () => readonly ShownRow[];

/** Two ways to show rows. */
interface Shower {
  /** @param numbers by row, what must be known before its end is told */
  update(rows: readonly ShownRow[], later: Rows, numbers: ReadonlyMap<string, Promise<void>>): void;
  /** Something more is known of them. */
  again(rows: Rows): void;
  finish(rows: Rows): Promise<void>;
}

function showList(display: ProgressDisplay): Shower {
  return {
    update: (rows) => display.list(rows),
    again: (rows) => display.list(rows()),
    finish: async (rows) => display.list(rows()),
  };
}

/** A line for each begin and end, in their order: an end waits for its numbers. */
function showChanges(display: ProgressDisplay): Shower {
  const shown = new Map<string, StepState>();
  let last: Promise<void> = Promise.resolve();
  return {
    update(rows, later, numbers) {
      const changed = rows.filter(({ name, state }) => state !== (shown.get(name) ?? 'not-started'));
      // The failure first, then what it stopped.
      for (const { name, state } of changed.toSorted((a, b) => rank(a) - rank(b))) {
        const hasBegun = shown.get(name) === 'running';
        shown.set(name, state);
        last = last.then(async () => {
          if (!hasBegun) display.begin(titleOf(rows, name));
          if (state === 'running') return;
          await numbers.get(name);
          const row = later().find((other) => other.name === name);
          if (row !== undefined) showEnd(display, row);
        });
      }
    },
    again: () => {},
    async finish(rows) {
      await last;
      for (const row of rows())
        if (row.state === 'not-started') display.sentence(`– ${title(row)}: ${row.sentence.result}`);
    },
  };
}

function rank({ state }: ShownRow): number {
  return state === 'failed' ? 0 : 1;
}

function titleOf(rows: readonly ShownRow[], name: string): string {
  const row = rows.find((other) => other.name === name);
  return row === undefined ? name : title(row);
}

const title = ({ sentence }: ShownRow) => sentence.subject;

function showEnd(display: ProgressDisplay, row: ShownRow): void {
  const { state, sentence, startedAt = 0, endedAt = startedAt, cause = '' } = row;
  const mark = state === 'failed' ? '✗' : state === 'aborted' ? '–' : '✓';
  display.end(title(row), sentence.result, { mark, ms: endedAt - startedAt });
  if (state === 'failed') for (const line of causeLines(cause, display.columns)) display.line(line);
}
