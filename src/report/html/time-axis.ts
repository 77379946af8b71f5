import { scaleLinear, scaleUtc } from 'd3-scale';
import type { Report, ReportRow } from '../report.ts';

/** A time as percent of the width, from 0 to 100. */
type Place = (at: number) => number;

/** The axis of a run's timeline. Long stretches in which the run had ended are cut short on it. */
export interface TimeAxis {
  readonly from: number;
  readonly to: number;
  readonly place: Place;
  /** Times with a label. */
  readonly ticks: readonly number[];
  readonly pauses: readonly Stretch[];
}

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Percent of the width that a stretch without work gets if it would get more. */
const PAUSE_WIDTH = 6;
const MOST_TICKS = 6;
/** Percent of the width that a tick's label needs. */
const TICK_WIDTH = 13;

export function timeAxisOf({ timing, rows }: Pick<Report, 'timing' | 'rows'>): TimeAxis {
  const from = Math.min(timing.from, ...rows.flatMap((row) => row.from ?? []));
  const to = Math.max(from + 1, timing.to, ...rows.flatMap((row) => row.to ?? []));
  const pauses = pausesOf(rows).filter((pause) => (pause.to - pause.from) / (to - from) > PAUSE_WIDTH / 100);
  const place = placeBetween(from, to, pauses);
  return { from, to, place, pauses, ticks: ticksOf(from, to, pauses, place) };
}

/** Stretches of time between the end of the run and a redrive. */
function pausesOf(rows: readonly ReportRow[]): readonly Stretch[] {
  const halted = rows.flatMap(({ spans }) => spans.filter(({ kind }) => kind === 'halted'));
  const pauses: Stretch[] = [];
  for (const { from, to } of halted.toSorted((a, b) => a.from - b.from)) {
    const last = pauses.at(-1);
    if (last === undefined || from >= last.to) pauses.push({ from, to });
    // What one part waited longer than another is work of the other.
    else pauses[pauses.length - 1] = { from: Math.max(last.from, from), to: Math.min(last.to, to) };
  }
  return pauses;
}

function placeBetween(from: number, to: number, pauses: readonly Stretch[]): Place {
  const paused = pauses.reduce((sum, pause) => sum + pause.to - pause.from, 0);
  const perMs = (100 - PAUSE_WIDTH * pauses.length) / Math.max(1, to - from - paused);
  const domain = [from];
  const range = [0];
  const extend = (at: number, width: number): void => {
    domain.push(at);
    range.push((range.at(-1) ?? 0) + width);
  };
  for (const pause of pauses) {
    extend(pause.from, (pause.from - (domain.at(-1) ?? from)) * perMs);
    extend(pause.to, PAUSE_WIDTH);
  }
  extend(to, (to - (domain.at(-1) ?? from)) * perMs);
  const scale = scaleLinear(domain, range).clamp(true);
  return (at) => Math.round(scale(at) * 1000) / 1000;
}

/** Round times in each stretch of work, as many as have room for their labels. */
function ticksOf(from: number, to: number, pauses: readonly Stretch[], place: Place): readonly number[] {
  const starts = [from, ...pauses.map((pause) => pause.to)];
  const ends = [...pauses.map((pause) => pause.from), to];
  return starts.flatMap((start, index) => {
    const end = ends[index] ?? to;
    const scale = scaleUtc([start, end], [0, 1]);
    const room = place(end) - place(start);
    const most = Math.round((room / 100) * MOST_TICKS);
    const choices = Array.from({ length: most }, (_, fewer) => scale.ticks(most - fewer).map(Number));
    const fitting = choices.find((ticks) => haveRoom(ticks, place)) ?? [];
    return fitting.filter((at) => place(at) <= 100 - TICK_WIDTH / 2 && place(at) - place(start) >= 0.5);
  });
}

function haveRoom(ticks: readonly number[], place: Place): boolean {
  // A label has tenths of a second, and no more.
  const areTenths = ticks.every((at) => at % 100 === 0);
  return (
    areTenths &&
    ticks.every((at, index) => index === 0 || place(at) - place(ticks[index - 1] ?? at) >= TICK_WIDTH)
  );
}
