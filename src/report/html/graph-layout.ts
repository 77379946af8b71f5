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
  /** From left to right, or from top to bottom. */
  readonly direction: Direction;
  readonly nodes: readonly PlacedRow[];
  readonly edges: readonly PlacedEdge[];
}

/** @property x its left @property y its top */
export interface PlacedRow extends Point {
  readonly row: ReportRow;
  readonly width: number;
  readonly index: number;
}

export interface PlacedEdge {
  readonly points: readonly Point[];
  readonly isCritical: boolean;
}

type Direction = 'LR' | 'TB';

/** As wide as a page shows without scrolling. */
const PAGE_WIDTH = 1190;
/** Height of every box. */
export const BOX_HEIGHT = 52;

/** From left to right if the page is wide enough, with less room between if need be; otherwise in the direction that is less wide. */
export function layOutGraph(rows: readonly ReportRow[], widthOf: (row: ReportRow) => number): GraphLayout {
  const widths = alignWidths(rows, widthOf);
  const across = layOut(rows, widths, 'LR', 44);
  if (across.width <= PAGE_WIDTH) return across;
  const dense = layOut(rows, widths, 'LR', 24);
  if (dense.width <= PAGE_WIDTH) return dense;
  const down = layOut(rows, widths, 'TB', 36);
  return down.width < across.width ? down : across;
}

/** Rows that are as far from the beginning stand below each other, and are as wide as the widest of them. */
function alignWidths(rows: readonly ReportRow[], widthOf: (row: ReportRow) => number): readonly number[] {
  const depths = new Map<string, number>();
  for (const { name, after } of rows) {
    depths.set(name, 1 + Math.max(0, ...after.map((before) => depths.get(before) ?? 0)));
  }
  const depthOf = ({ name }: ReportRow) => depths.get(name) ?? 0;
  const widest = new Map<number, number>();
  for (const row of rows) widest.set(depthOf(row), Math.max(widest.get(depthOf(row)) ?? 0, widthOf(row)));
  return rows.map((row) => widest.get(depthOf(row)) ?? 0);
}

function layOut(
  rows: readonly ReportRow[],
  widths: readonly number[],
  direction: Direction,
  ranksep: number,
): GraphLayout {
  const graph = new Graph();
  graph.setGraph({ rankdir: direction, nodesep: 14, ranksep, edgesep: 8, marginx: 4, marginy: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  const idOf = new Map(rows.map(({ name }, index) => [name, String(index)]));
  for (const [index, width] of widths.entries()) graph.setNode(String(index), { width, height: BOX_HEIGHT });
  for (const [from, to] of edgesOf(rows, idOf)) graph.setEdge(from, to);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const nodes = rows.map((row, index) => {
    const { x = 0, y = 0 } = graph.node(String(index));
    const box = widths[index] ?? 0;
    return { row, index, width: box, x: round(x - box / 2), y: round(y - BOX_HEIGHT / 2) };
  });
  return {
    ...{ width: Math.ceil(width), height: Math.ceil(height), direction, nodes },
    edges: graph.edges().map((edge: { readonly v: string; readonly w: string }) => ({
      points: joined(nodes[Number(edge.v)], nodes[Number(edge.w)], graph.edge(edge).points ?? [], direction),
      isCritical: [edge.v, edge.w].every((id) => rows[Number(id)]?.isCritical === true),
    })),
  };
}

/** Points of an edge from the middle of one side to the middle of the other, around what stands between them. */
function joined(
  from: PlacedRow | undefined,
  to: PlacedRow | undefined,
  points: readonly Point[],
  direction: Direction,
): readonly Point[] {
  if (from === undefined || to === undefined) return points;
  const isAcross = direction === 'LR';
  const middle = BOX_HEIGHT / 2;
  const start = isAcross
    ? { x: from.x + from.width, y: from.y + middle }
    : { x: from.x + from.width / 2, y: from.y + BOX_HEIGHT };
  const end = isAcross ? { x: to.x, y: to.y + middle } : { x: to.x + to.width / 2, y: to.y };
  // Between neighbours the layout has one point, which is none of the way.
  return [start, ...(points.length > 3 ? points.slice(1, -1) : []), end];
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
