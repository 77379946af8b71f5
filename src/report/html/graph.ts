import { curveBasis, line } from 'd3-shape';
import { amountText, durationText } from '../figures.ts';
import type { Report, ReportRow } from '../report.ts';
import { layOutGraph, type PlacedEdge, type PlacedRow, type Point } from './graph-layout.ts';
import { elementId, type Markup, markup } from './markup.ts';
import { markAt, STATE_LOOKS } from './state-look.ts';

const BOX = { width: 160, height: 52 };
const WIDEST_BOX = 236;
/** Room of a box that is not its name: mark and margins. */
const FRAME_WIDTH = 44;
const LETTER_WIDTH = 7;

/** The steps and what stands around them as a graph. Each box leads to its row in the table of steps. */
export function renderGraph({ rows }: Report): Markup {
  const longest = Math.max(0, ...rows.map(({ name }) => name.length));
  const width = Math.min(WIDEST_BOX, Math.max(BOX.width - 30, longest * LETTER_WIDTH + FRAME_WIDTH));
  const box = { ...BOX, width };
  const graph = layOutGraph(rows, box);
  const size = markup`width="${graph.width}" height="${graph.height}" viewBox="0 0 ${graph.width} ${graph.height}"`;
  return markup`<section id="graph" aria-labelledby="graph-title">
<h2 id="graph-title">Steps in their order</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Graph of the steps">
<svg class="graph" ${size} role="group" aria-label="Graph of the steps. Each leads to its row in the table.">
${graph.edges.map(renderEdge)}
${graph.nodes.map((node) => renderBox(node, box.width))}
</svg></div>
<p class="hint">The thicker line is the critical path: what follows on it could not have begun earlier.</p>
</section>`;
}

const edgePath = line<Point>(
  ({ x }) => x,
  ({ y }) => y,
)
  .curve(curveBasis)
  .digits(1);

function renderEdge({ points, isCritical }: PlacedEdge): Markup {
  return markup`<path class="edge${isCritical ? ' critical' : ''}" d="${edgePath(points) ?? ''}"/>`;
}

function renderBox({ row, index, x, y }: PlacedRow, width: number): Markup {
  const { tone, word } = STATE_LOOKS[row.state];
  const facts = factsOf(row);
  const spoken = [row.name, word, ...facts].join(', ');
  const kinds = `box ${tone}${row.isCritical ? ' critical' : ''}${row.step === undefined ? ' frame' : ''}`;
  const mostLetters = Math.floor((width - FRAME_WIDTH + 6) / LETTER_WIDTH);
  return markup`<a href="#${elementId('row', row.name, index)}" aria-label="${spoken}"><g class="${kinds}" transform="translate(${x} ${y})"><title>${row.name}: ${row.title}. ${row.result}</title><rect width="${width}" height="${BOX.height}" rx="7"/>${markAt(tone, 10, 10)}<text class="name" x="34" y="22">${shorten(row.name, mostLetters)}</text><text class="facts" x="34" y="40">${facts.join(' · ') || word}</text></g></a>`;
}

/** Duration and rows, as far as they are known. */
function factsOf({ from, to, step }: ReportRow): readonly string[] {
  const written = step?.written?.reduce((sum, { inserted }) => sum + inserted, 0);
  return [
    ...(from === undefined || to === undefined ? [] : [durationText(to - from)]),
    ...(written === undefined ? [] : [amountText(written, 'row')]),
  ];
}

/** Beginning and end of a name that is too long for its box; the whole of it is its title. */
function shorten(name: string, mostLetters: number): string {
  const letters = [...name];
  if (letters.length <= mostLetters) return name;
  const head = Math.ceil((mostLetters - 1) * 0.6);
  return `${letters.slice(0, head).join('')}…${letters.slice(letters.length - (mostLetters - 1 - head)).join('')}`;
}
