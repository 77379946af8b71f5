import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCriticalPath, measureTiming, type PathRow } from '../../../src/report/timing.ts';
import { layOut, type Span, type SpanKind } from '../../../src/run-history/spans.ts';

const row = (
  name: string,
  after: readonly string[],
  from: number,
  to: number,
  spans: readonly Span[] = [],
): PathRow => ({
  ...{ name, after, from, to },
  spans: layOut(from, to, spans),
});

describe('the critical path', () => {
  it('goes back from what ended last, each time to what ended last before', () => {
    const rows = [
      row('turn', [], 0, 10),
      row('fast', ['turn'], 10, 20),
      row('slow', ['turn'], 10, 90),
      row('join', ['fast', 'slow'], 90, 100),
    ];

    expect(findCriticalPath(rows)).toEqual(['turn', 'slow', 'join']);
  });

  it('leaves out what has not begun', () => {
    const waiting: PathRow = { name: 'later', after: ['turn'], spans: [] };

    expect(findCriticalPath([row('turn', [], 0, 10), waiting])).toEqual(['turn']);
    expect(findCriticalPath([waiting])).toEqual([]);
  });

  it('takes the row that stands later when two end at once, because it follows the other', () => {
    expect(findCriticalPath([row('a', [], 0, 10), row('b', ['a'], 10, 10)])).toEqual(['a', 'b']);
  });
});

describe('where the time went', () => {
  const path = [
    row('turn', [], 1_000, 1_200, [{ kind: 'turn', from: 1_050, to: 1_150 }]),
    row('load', ['turn'], 1_300, 2_000, [
      { kind: 'queued', from: 1_400, to: 1_500, attempt: 1 },
      { kind: 'running', from: 1_500, to: 1_900, attempt: 1 },
    ]),
  ];

  it('is from the stop of DMS to the end of the run', () => {
    expect(measureTiming(path, { loadedAt: 400, startedAt: 1_000, to: 2_050 })).toEqual({
      from: 400,
      to: 2_050,
      parts: [
        { kind: 'event', ms: 600 },
        { kind: 'orchestrator', ms: 450 },
        { kind: 'turn', ms: 100 },
        { kind: 'queued', ms: 100 },
        { kind: 'running', ms: 400 },
      ],
    });
  });

  it('begins with the run where nobody knows when DMS stopped, or when it stopped later', () => {
    expect(measureTiming(path, { loadedAt: undefined, startedAt: 1_000, to: 2_000 }).from).toBe(1_000);
    expect(measureTiming(path, { loadedAt: 1_500, startedAt: 1_000, to: 2_000 }).from).toBe(1_000);
  });
});

const kinds: readonly SpanKind[] = ['turn', 'orchestrator', 'queued', 'running', 'failed', 'pause', 'halted'];
const span = fc
  .record({
    kind: fc.constantFrom(...kinds),
    from: fc.integer({ min: -50, max: 150 }),
    length: fc.nat({ max: 120 }),
  })
  .map(({ length, ...rest }) => ({ ...rest, to: rest.from + length }));

describe('bars', () => {
  it('fill the time without gaps and overlaps, whatever is laid into it', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
        const bars = layOut(0, 100, spans);

        expect(bars.map(({ from }) => from)).toEqual([0, ...bars.slice(0, -1).map(({ to }) => to)]);
        expect(bars.at(-1)?.to).toBe(100);
        expect(bars.every(({ from, to }) => to > from)).toBe(true);
      }),
    );
  });

  it('show at each moment what matters most of all that covers it', () => {
    const rank = ['orchestrator', 'turn', 'pause', 'queued', 'running', 'failed', 'halted'];
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), fc.integer({ min: 0, max: 99 }), (spans, moment) => {
        const at = moment + 0.5;
        const covering = spans
          .filter(({ from, to }) => from <= at && at < to)
          .map(({ kind }) => rank.indexOf(kind));

        const bar = layOut(0, 100, spans).find(({ from, to }) => from <= at && at < to);

        expect(bar?.kind).toBe(rank[Math.max(0, ...covering)]);
      }),
    );
  });

  it('are none for a part that took no time', () => {
    expect(layOut(5, 5, [{ kind: 'running', from: 0, to: 10 }])).toEqual([]);
  });
});
