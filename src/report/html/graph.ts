import { curveBumpX, curveBumpY, line } from 'd3-shape';
import { durationText, shortCountText } from '../figures.ts';
import type { Report, ReportRow } from '../report.ts';
import {
  BOX_HEIGHT,
  type GraphLayout,
  layOutGraph,
  type PlacedEdge,
  type PlacedRow,
  type Point,
} from './graph-layout.ts';
import { elementId, type Markup, markup } from './markup.ts';
import { markAt, STATE_LOOKS } from './state-look.ts';

/** Narrowest and widest box, and its room that is not text: mark and margins. */
const NARROWEST_BOX = 96;
const WIDEST_BOX = 250;
const FRAME_WIDTH = 46;
/** Wide letters of the two lines of a box, so that a system's font fits whichever it is. */
const NAME_LETTER = 8.3;
const FACT_LETTER = 6.7;

/** The steps and what stands around them as a graph. Each box leads to its row in the table of steps. */
export function renderGraph({ rows }: Report): Markup {
  const graph = layOutGraph(rows, boxWidth);
  const size = markup`width="${graph.width}" height="${graph.height}" viewBox="0 0 ${graph.width} ${graph.height}"`;
  return markup`<section id="graph" aria-labelledby="graph-title">
<h2 id="graph-title">Steps in their order</h2>
<div class="scroll" tabindex="0" role="group" aria-label="Graph of the steps">
<svg class="graph" ${size} role="group" aria-label="Graph of the steps. Each leads to its row in the table.">
${graph.edges.map((edge) => renderEdge(edge, graph))}
${graph.nodes.map(renderBox)}
</svg></div>
<p class="hint">The thicker line is the critical path: what follows on it could not have begun earlier.</p>
</section>`;
}

function renderEdge({ points, isCritical }: PlacedEdge, { direction }: GraphLayout): Markup {
  const edgePath = line<Point>(
    ({ x }) => x,
    ({ y }) => y,
  )
    .curve(direction === 'LR' ? curveBumpX : curveBumpY)
    .digits(1);
  return markup`<path class="edge${isCritical ? ' critical' : ''}" d="${edgePath(points) ?? ''}"/>`;
}

function boxWidth(row: ReportRow): number {
  const facts = factsOf(row).join(' · ') || STATE_LOOKS[row.state].word;
  const text = Math.max([...row.name].length * NAME_LETTER, facts.length * FACT_LETTER);
  return Math.round(Math.min(WIDEST_BOX, Math.max(NARROWEST_BOX, text + FRAME_WIDTH)));
}

function renderBox({ row, index, width, x, y }: PlacedRow): Markup {
  const { tone, word } = STATE_LOOKS[row.state];
  const facts = factsOf(row);
  const shown = facts.join(' · ') || word;
  const whole = `${row.name}: ${[word, ...facts].join(', ')}. ${row.title}. ${row.result}`;
  const kinds = `box ${tone}${row.isCritical ? ' critical' : ''}${row.step === undefined ? ' frame' : ''}`;
  const mostLetters = Math.floor((width - FRAME_WIDTH + 2) / NAME_LETTER);
  return markup`<a href="#${elementId('row', row.name, index)}"><title>${whole}</title><g class="${kinds}" transform="translate(${x} ${y})"><rect width="${width}" height="${BOX_HEIGHT}" rx="7"/>${markAt(tone, 10, 10)}<text class="name" x="34" y="22">${shorten(row.name, mostLetters)}</text><text class="facts" x="34" y="40">${shown}</text></g></a>`;
}

/** Duration and rows, as far as they are known. */
function factsOf({ from, to, step }: ReportRow): readonly string[] {
  const written = step?.written?.reduce((sum, { inserted }) => sum + inserted, 0);
  return [
    ...(from === undefined || to === undefined ? [] : [durationText(to - from)]),
    ...(written === undefined ? [] : [`${shortCountText(written)} ${written === 1 ? 'row' : 'rows'}`]),
  ];
}

/** Beginning and end of a name that is too long for its box; the whole of it is its title. */
function shorten(name: string, mostLetters: number): string {
  const letters = [...name];
  if (letters.length <= mostLetters) return name;
  const head = Math.ceil((mostLetters - 1) * 0.6);
  return `${letters.slice(0, head).join('')}…${letters.slice(letters.length - (mostLetters - 1 - head)).join('')}`;
}
