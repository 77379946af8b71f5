import { describe, expect, it } from 'vitest';
import { layOutGraph } from '../../../../src/report/html/graph-layout.ts';
import { renderReport } from '../../../../src/report/html/run-page.ts';
import { timeAxisOf } from '../../../../src/report/html/time-axis.ts';
import { manyEvents } from '../../../fixtures/report/large-runs.ts';
import { redriven } from '../../../fixtures/report/repaired-runs.ts';
import { REPORTS } from '../../../fixtures/report/reports.ts';

const WIDTH = 180;
const HEIGHT = 52;

describe.each(Object.entries(REPORTS))('the drawings of a report: %s', (_, report) => {
  it('the graph has a place for each row, none over another, and an edge for each order', () => {
    const { nodes, edges, width, height } = layOutGraph(report.rows, () => WIDTH);
    const overlapping = nodes.flatMap((node, index) =>
      nodes
        .slice(index + 1)
        .filter((other) => Math.abs(node.x - other.x) < WIDTH && Math.abs(node.y - other.y) < HEIGHT),
    );
    const outside = nodes.filter(({ x, y }) => x < 0 || y < 0 || x + WIDTH > width || y + HEIGHT > height);

    expect(nodes.map(({ row }) => row)).toEqual(report.rows);
    expect(edges).toHaveLength(report.rows.flatMap(({ after }) => after).length);
    expect(overlapping).toEqual([]);
    expect(outside).toEqual([]);
  });

  it('the axis shows every time within its width, earlier ones further to the left', () => {
    const { place, ticks, from, to } = timeAxisOf(report);
    const times = report.rows.flatMap(({ spans }) => spans.flatMap((span) => [span.from, span.to]));
    const places = times.toSorted((a, b) => a - b).map(place);

    expect(place(from)).toBe(0);
    expect(place(to)).toBe(100);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(ticks.every((at, index) => index === 0 || place(at) - place(ticks[index - 1] ?? 0) >= 6)).toBe(
      true,
    );
  });
});

it('five hours between the end of a run and its redrive leave room for the work', () => {
  const { pauses, place } = timeAxisOf(redriven);
  const [pause] = pauses;

  expect(pauses).toHaveLength(1);
  expect(place(pause?.to ?? 0) - place(pause?.from ?? 0)).toBeCloseTo(6);
});

it('a row that follows one twice, itself or an unknown one is drawn', () => {
  const row = REPORTS.published?.rows[0];
  const rows = row === undefined ? [] : [{ ...row, after: [row.name, 'Gone'] }, row];

  expect(layOutGraph(rows, () => WIDTH).nodes).toHaveLength(2);
});

it('a history of 5,000 events makes a page of at most a megabyte', () => {
  expect(manyEvents.events).toHaveLength(5000);
  expect(Buffer.byteLength(renderReport(manyEvents))).toBeLessThanOrEqual(1_000_000);
});
