import { scaleLinear, scaleUtc } from 'd3-scale';
import { curveMonotoneX, line } from 'd3-shape';
import { clockText, shortDateText } from '../figures.ts';
import { type Markup, markup } from './markup.ts';
import type { Tone } from './state-look.ts';

/** A value at a time. */
export interface PlotPoint {
  readonly at: number;
  readonly value: number;
  /** Colour of the dot. */
  readonly tone: Tone;
  readonly title: string;
}

export interface Plot {
  readonly id: string;
  readonly title: string;
  readonly points: readonly PlotPoint[];
  /** How a value stands at the axis. */
  readonly text: (value: number) => string;
  /** Steps of the axis that are round numbers for a reader: of durations not 1,000,000 ms, but minutes. */
  readonly unit: number;
}

const HEIGHT = 200;
const TOP = 12;
const BOTTOM = 28;
const FLOOR = HEIGHT - BOTTOM;
const DAY = 86_400_000;

/**
 * Values over time. Widths are percents, so that the plot is as wide as its place and its letters keep their size. The figures
 * stand in a table on the same page.
 */
export function renderPlot({ id, title, points, text, unit }: Plot): Markup {
  const most = Math.max(unit, ...points.map(({ value }) => value));
  const y = scaleLinear([0, most / unit], [FLOOR, TOP]).nice(4);
  const times = points.map(({ at }) => at);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const x = scaleUtc([first, Math.max(last, first + 1)], [1, 99]);
  const place = (at: number) => Math.round(x(at) * 100) / 100;
  const height = (value: number) => Math.round(y(value / unit) * 10) / 10;
  const path = line<PlotPoint>(
    ({ at }) => place(at),
    ({ value }) => height(value),
  ).curve(curveMonotoneX);
  return markup`<figure class="plot" id="${id}"><figcaption>${title}</figcaption><div class="plot-frame"><svg class="plot-scale" width="64" height="${HEIGHT}" aria-hidden="true">${y
    .ticks(4)
    .map(
      (tick) => markup`<text x="56" y="${y(tick) + 4}" text-anchor="end">${text(tick * unit)}</text>`,
    )}</svg><svg class="plot-field" height="${HEIGHT}" role="img" aria-label="${title}. The table below has the figures.">${y
    .ticks(4)
    .map(
      (tick) => markup`<line class="grid" x1="0" x2="100%" y1="${y(tick)}" y2="${y(tick)}"/>`,
    )}<svg x="0" y="0" width="100%" height="${HEIGHT}" viewBox="0 0 100 ${HEIGHT}" preserveAspectRatio="none"><path class="plot-line" d="${path(points) ?? ''}"/></svg>${points.map(
    (point) =>
      markup`<circle class="dot ${point.tone}" cx="${place(point.at)}%" cy="${height(point.value)}" r="4"><title>${point.title}</title></circle>`,
  )}${labelsOf(first, last).map(
    (at, index, all) =>
      markup`<text x="${place(at)}%" y="${HEIGHT - 8}" text-anchor="${index === 0 ? 'start' : index === all.length - 1 ? 'end' : 'middle'}">${last - first < DAY ? clockText(at, at) : shortDateText(at)}</text>`,
  )}</svg></div></figure>`;
}

/** Begin, middle and end of the time: more labels would not fit beside each other on a telephone. */
function labelsOf(first: number, last: number): readonly number[] {
  return last - first < 1000 ? [first] : [first, (first + last) / 2, last];
}
