import { scaleLog } from 'd3-scale';
import { line } from 'd3-shape';

export interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const WIDTH = 480;
const HEIGHT = 300;
const LEFT = 52;
const BOTTOM = 40;
const TOP = 64;
const RIGHT = 12;
const COLOURS = ['#1f6feb', '#bc4c00', '#1a7f37', '#8250df'];
/** Readable on white and on black. */
const GREY = '#7d8590';

const shown = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 2 });

/** Curves over two logarithmic axes, as the text of an SVG file. */
export function drawCurves({
  across,
  curves,
}: {
  readonly across: string;
  readonly curves: readonly Curve[];
}): string {
  const points = curves.flatMap((curve) => curve.points);
  const range = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];
  const x = scaleLog(range(points.map(([value]) => value)), [LEFT, WIDTH - RIGHT]);
  const y = scaleLog(range(points.map(([, value]) => value)), [HEIGHT - BOTTOM, TOP]).nice();
  const path = line<readonly [number, number]>()
    .x(([value]) => x(value))
    .y(([, value]) => y(value));
  const text = (content: string, at: string) => `<text ${at}>${content}</text>`;
  const ticks = y
    .ticks()
    .filter(isPower)
    .map((value) => text(shown(value), `x="${LEFT - 6}" y="${y(value) + 4}" text-anchor="end"`));
  const below = [...new Set(points.map(([value]) => value))].map((value) =>
    text(shown(value), `x="${x(value).toFixed(1)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle"`),
  );
  const drawn = curves.flatMap(({ name, points: own }, index) => {
    const colour = COLOURS[index % COLOURS.length];
    return [
      `<path d="${path(own) ?? ''}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      `<text x="${LEFT}" y="${16 + index * 16}" fill="${colour}">${name}</text>`,
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11" fill="${GREY}">`,
    `<path d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}" fill="none" stroke="${GREY}"/>`,
    ...ticks,
    ...below,
    text(across, `x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle"`),
    ...drawn,
    '</svg>\n',
  ].join('\n');
}

function isPower(value: number): boolean {
  return Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9;
}
