import type { StepState } from '../../../run-history/run.ts';
import { causeLines } from '../cause-lines.ts';
import { printable } from '../text/printable.ts';
import { cutToWidth, padToWidth, widthOf } from '../text/text-width.ts';
import { wrap } from '../wrap.ts';
import { describeSeconds, MARKS, type ShownRow } from './shown-row.ts';

/** How a list is drawn. */
export interface ListView {
  readonly columns: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Mark of what runs. */
  readonly frame: string;
  /** Gives a text a colour, where the terminal has colours. */
  paint(colour: Colour, text: string): string;
}

export type Colour = 'green' | 'red' | 'yellow' | 'cyan' | 'dim';

const COLOURS: Readonly<Record<StepState, Colour>> = {
  'not-started': 'dim',
  running: 'cyan',
  done: 'green',
  failed: 'red',
  aborted: 'yellow',
};

/** Lines of a reason that are shown while the list is live. */
const LIVE_REASON_LINES = 2;
const FINAL_REASON_LINES = 15;

/** A list that is drawn again and again: a line a row, cut to the width; of a list that is too high the rows that matter most. */
export function liveLines(rows: readonly ShownRow[], height: number, view: ListView): readonly string[] {
  const layout = layOutRows(rows, view);
  const blocks = rows.map((row) => [
    rowLine(row, layout, view),
    ...reasonLines(row, LIVE_REASON_LINES, view),
  ]);
  const all = blocks.flat();
  if (all.length <= height) return all;
  const kept = chooseRows(rows, height - 1);
  const lines = [...kept].toSorted((a, b) => a - b).map((index) => blocks[index]?.[0] ?? '');
  return [
    ...lines,
    view.paint('dim', cutToWidth(`… ${rows.length - kept.length} more`, view.columns - 1)),
  ].slice(-Math.max(1, height));
}

/** The list as it stays: nothing is cut off but reasons without end. */
export function finalLines(rows: readonly ShownRow[], view: ListView): readonly string[] {
  const layout = layOutRows(rows, view);
  return rows.flatMap((row) => {
    const reason = reasonLines(row, FINAL_REASON_LINES, view);
    if (widthOf(printable(row.result)) <= textColumns(row, layout.names, view))
      return [rowLine(row, layout, view), ...reason];
    const short = { ...row, result: '' };
    const rest = wrap(printable(row.result), view.columns - 1, { first: '    ', rest: '    ' });
    return [rowLine(short, layout, view), ...rest, ...reason];
  });
}

/** Indexes of so many rows: what failed or runs, then what is next to it. */
function chooseRows(rows: readonly ShownRow[], number: number): readonly number[] {
  const rank = (state: StepState) => (state === 'failed' ? 0 : state === 'running' ? 1 : 2);
  const indexes = rows.map((_, index) => index);
  const stateOf = (index: number) => rows[index]?.state ?? 'done';
  const middle =
    indexes.find((index) => rank(stateOf(index)) < 2) ??
    rows.findIndex(({ state }) => state === 'not-started');
  return indexes
    .toSorted((a, b) => rank(stateOf(a)) - rank(stateOf(b)) || Math.abs(a - middle) - Math.abs(b - middle))
    .slice(0, Math.max(0, number));
}

/** Below this there is room for a name only. */
const NARROWEST = 20;
const MARK_COLUMNS = 2;
const GAP = '  ';

/** How the rows of a list stand below each other. */
interface RowLayout {
  /** Columns of the names. */
  readonly names: number;
  /** Whether there is room for what each does beside how it ended. */
  readonly isRoomy: boolean;
}

function layOutRows(rows: readonly ShownRow[], view: ListView): RowLayout {
  const names = nameWidth(rows, view);
  const isRoomy = rows.every((row) => widthOf(textOf(row, true)) <= textColumns(row, names, view));
  return { names, isRoomy };
}

/** Names stand below each other; a long one must leave room for what stands behind it. */
function nameWidth(rows: readonly ShownRow[], { columns }: ListView): number {
  const longest = Math.max(
    0,
    ...rows.filter(({ about }) => about !== '').map(({ name }) => widthOf(printable(name))),
  );
  return Math.min(longest, Math.max(8, Math.floor(columns * 0.4)));
}

function timeOf({ startedAt, endedAt, state }: ShownRow, now: number): string {
  if (startedAt === undefined || state === 'not-started') return '';
  return describeSeconds((endedAt ?? now) - startedAt);
}

function textColumns(row: ShownRow, names: number, view: ListView): number {
  const name = row.about === '' ? widthOf(printable(row.name)) : names;
  const time = timeOf(row, view.now);
  return view.columns - 1 - MARK_COLUMNS - name - GAP.length - (time === '' ? 0 : time.length + GAP.length);
}

/** What it does and how it ended, or only how it ended where there is no room for both. */
function textOf({ about, result }: ShownRow, isRoomy: boolean): string {
  if (!isRoomy && result !== '') return printable(result);
  return [about, result]
    .filter((part) => part !== '')
    .map(printable)
    .join(': ');
}

/** What the run did not come to is marked as such once it has ended. */
function markOf({ state, result }: ShownRow, frame: string): string {
  if (state === 'running') return frame;
  return state === 'not-started' && result !== '' ? '–' : MARKS[state];
}

function rowLine(row: ShownRow, { names, isRoomy }: RowLayout, view: ListView): string {
  const { columns, now, frame, paint } = view;
  const time = timeOf(row, now);
  const mark = markOf(row, frame);
  if (columns < NARROWEST) return cutToWidth(`${mark} ${printable(row.name)}`, columns - 1);
  const room = textColumns(row, names, view);
  const name =
    row.about === '' ? printable(row.name) : padToWidth(cutToWidth(printable(row.name), names), names);
  const text = cutToWidth(textOf(row, isRoomy), Math.max(0, room));
  const left = cutToWidth(`${name}${text === '' ? '' : GAP + text}`, columns - 1 - MARK_COLUMNS);
  const dim = (part: string) => (row.state === 'not-started' ? paint('dim', part) : part);
  const space = columns - 1 - MARK_COLUMNS - time.length - GAP.length;
  if (time === '' || widthOf(left) > space)
    return `${paint(COLOURS[row.state], mark)} ${dim(left.trimEnd())}`;
  return `${paint(COLOURS[row.state], mark)} ${dim(padToWidth(left, space))}${GAP}${paint('dim', time)}`;
}

function reasonLines(
  { state, cause = '' }: ShownRow,
  most: number,
  { columns, paint }: ListView,
): readonly string[] {
  if (state !== 'failed' || cause === '') return [];
  const lines = causeLines(cause, columns - 1);
  const shown = lines.slice(0, lines.length > most ? most - 1 : most);
  const more = lines.length - shown.length;
  return [
    ...shown.map((line) => cutToWidth(line, columns - 1)),
    ...(more > 0 ? [paint('dim', cutToWidth(`    … ${more} more lines`, columns - 1))] : []),
  ];
}
