import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderLines, renderSubject, withFigures } from '../../bench/render.ts';
import { longestChain } from '../../bench/runs/path.ts';
import { type Figure, isMet, missedFigures } from '../../bench/subject.ts';
import { SUBJECTS } from '../../bench/subjects.ts';
import { nextClickstreamWait } from '../../bench/waiting/policies.ts';
import { sampleSeconds } from '../../bench/waiting/waiting.ts';

const late: Figure = { what: 'late', ours: 0.3, unit: 's', bar: { most: 0.2 }, kind: 'ratio' };
const slow: Figure = { what: 'start', ours: 4, unit: 's', bar: { most: 3 }, kind: 'clock' };
const fast: Figure = { what: 'answers', ours: 3_000, unit: '', bar: { least: 2_000 }, kind: 'clock' };

it('the bench measures each subject once', () => {
  const names = SUBJECTS.map(({ name }) => name);

  expect(names).toEqual([...new Set(names)]);
});

describe('the figures of the bench', () => {
  it('are met at their bar, from either side', () => {
    expect([0.2, 0.21].map((ours) => isMet({ ours, bar: { most: 0.2 } }))).toEqual([true, false]);
    expect([2, 1].map((ours) => isMet({ ours, bar: { least: 2 } }))).toEqual([true, false]);
    expect(isMet({ ours: 1 })).toBeUndefined();
  });

  it('are missed where there is no figure', () => {
    expect(isMet({ ours: Number.NaN, bar: { most: 1 } })).toBe(false);
  });

  it('of the machine’s clock fail the bench only when it is strict', () => {
    expect(missedFigures([late, slow, fast], false)).toEqual([late]);
    expect(missedFigures([late, slow, fast], true)).toEqual([late, slow]);
  });

  it('stand between the marks of the page, whatever stands there now', () => {
    const machine = { cpu: 'a cpu', cores: 2, node: '24.0.0', measuredAt: '2026-12-01T00:00:00.000Z' };
    const result = { name: 'x', title: 'X', about: 'How.', machine, figures: [late, slow], tables: [] };
    const page = 'before\n<!-- figures -->\nold\n<!-- /figures -->\nafter';

    const written = withFigures(page, [result]);

    expect(written).toContain('| late | 0.30 s | ≤ 0.20 s | **no** |');
    expect(written).not.toContain('old');
    expect(withFigures(written, [result])).toBe(written);
    expect(renderSubject(result)).toContain('Measured on 2 cores of a cpu');
    expect(renderLines(result)).toContain('start   4 s');
  });

  it('are refused a page without marks', () => {
    expect(() => withFigures('nothing', [])).toThrow('docs/benchmarks.md has no <!-- figures -->');
  });
});

describe('statements that stand for a length', () => {
  it('begin with it, and are spread over half a minute or half of the length, whichever is shorter', () => {
    expect(sampleSeconds({ seconds: 5, samples: 2 })).toEqual([5, 6.25]);
    expect(sampleSeconds({ seconds: 600, samples: 3 })).toEqual([600, 610, 620]);
  });
});

describe('the growing wait', () => {
  it('never shrinks, and stays within 600 seconds', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(600), (loops, seconds) => {
        const next = nextClickstreamWait({ seconds, loops });

        expect(next.seconds).toBeGreaterThanOrEqual(seconds);
        expect(next.seconds).toBeLessThanOrEqual(600);
        expect(next.loops).toBe(loops + 1);
      }),
    );
  });
});

describe('the longest chain of calls', () => {
  const call = (startMs: number, endMs: number) => ({ name: 'x', by: 'f', startMs, endMs });

  it('leaves out what happened side by side', () => {
    expect(longestChain([call(0, 10), call(10, 20), call(10, 20), call(20, 30)])).toHaveLength(3);
  });

  it('is made of calls that follow each other', () => {
    const calls = fc.array(fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 50 })), { maxLength: 12 });

    fc.assert(
      fc.property(calls, (times) => {
        const chain = longestChain(times.map(([start, length]) => call(start, start + length)));

        for (const [index, { startMs }] of chain.entries())
          expect(startMs).toBeGreaterThanOrEqual(chain[index - 1]?.endMs ?? 0);
        expect(chain.length > 0).toBe(times.length > 0);
      }),
    );
  });
});
