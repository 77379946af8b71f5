import { Graph, layout } from '@dagrejs/dagre';
import type { ReportRow } from '../report.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the rows of a report stand as a graph, in pixels. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedRow[];
  readonly edges: readonly PlacedEdge[];
}

/** @property x its left @property y its top */
export interface PlacedRow extends Point {
  readonly row: ReportRow;
  readonly index: number;
}

export interface PlacedEdge {
  readonly points: readonly Point[];
  readonly isCritical: boolean;
}

/** Size of a row's box, the same for all: one grid is easier to follow than many sizes. */
export interface BoxSize {
  readonly width: number;
  readonly height: number;
}

type Direction = 'LR' | 'TB';

/** As wide as a page shows without scrolling. */
const PAGE_WIDTH = 1120;

/** From left to right if the page is wide enough; otherwise in the direction that is less wide. */
export function layOutGraph(rows: readonly ReportRow[], box: BoxSize): GraphLayout {
  const across = layOut(rows, box, 'LR');
  if (across.width <= PAGE_WIDTH) return across;
  const down = layOut(rows, box, 'TB');
  return down.width < across.width ? down : across;
}

function layOut(rows: readonly ReportRow[], box: BoxSize, direction: Direction): GraphLayout {
  const graph = new Graph();
  graph.setGraph({ rankdir: direction, nodesep: 14, ranksep: 38, edgesep: 8, marginx: 4, marginy: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  const idOf = new Map(rows.map(({ name }, index) => [name, String(index)]));
  for (const index of rows.keys()) graph.setNode(String(index), { ...box });
  for (const [from, to] of edgesOf(rows, idOf)) graph.setEdge(from, to);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    ...{ width: Math.ceil(width), height: Math.ceil(height) },
    nodes: rows.map((row, index) => {
      const { x = 0, y = 0 } = graph.node(String(index));
      return { row, index, x: round(x - box.width / 2), y: round(y - box.height / 2) };
    }),
    edges: graph.edges().map((edge: { readonly v: string; readonly w: string }) => ({
      points: graph.edge(edge).points ?? [],
      isCritical: [edge.v, edge.w].every((id) => rows[Number(id)]?.isCritical === true),
    })),
  };
}

/** Edges by the numbers of their rows. A row that follows one that the report does not have is drawn without that edge. */
function edgesOf(rows: readonly ReportRow[], idOf: ReadonlyMap<string, string>): [string, string][] {
  return rows.flatMap(({ name, after }) =>
    after.flatMap((before): [string, string][] => {
      const [from, to] = [idOf.get(before), idOf.get(name)];
      return from === undefined || to === undefined ? [] : [[from, to]];
    }),
  );
}

const round = (pixels: number): number => Math.round(pixels * 10) / 10;
