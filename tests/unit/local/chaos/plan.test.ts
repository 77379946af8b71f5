import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHAOS_KIND_NAMES, type ChaosKind } from '../../../../src/local/chaos/kinds.ts';
import { type ChaosSettings, createChaosPlan } from '../../../../src/local/chaos/plan.ts';

const EVENTS: readonly ChaosKind[] = ['lost-event', 'double-event', 'late-event', 'reordered-event'];

/** What is drawn at each of so many occurrences. */
function drawMany(settings: ChaosSettings, kinds: readonly ChaosKind[], times = 1_000) {
  const plan = createChaosPlan(settings);
  return Array.from({ length: times }, () => plan.draw(kinds));
}

describe('the plan of faults', () => {
  it('is the same for the same seed, and another for another', () => {
    const first = drawMany({ rate: 0.3, seed: 7 }, EVENTS);

    expect(drawMany({ rate: 0.3, seed: 7 }, EVENTS)).toEqual(first);
    expect(drawMany({ rate: 0.3, seed: 8 }, EVENTS)).not.toEqual(first);
  });

  it('decides about the n-th occurrence of a place whatever happens at others', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('throttle', 'error-before'), { maxLength: 60 }), (beside) => {
        const alone = drawMany({ rate: 0.5, seed: 1 }, ['lost-event'], beside.length);
        const plan = createChaosPlan({ rate: 0.5, seed: 1 });

        const among = beside.map((kind) => {
          plan.draw([kind as ChaosKind]);
          return plan.draw(['lost-event']);
        });

        expect(among).toEqual(alone);
      }),
    );
  });

  it('strikes at the share it is given, which the kinds of one place divide', () => {
    const drawn = drawMany({ rate: 0.2, seed: 3 }, EVENTS, 20_000).filter((draw) => draw !== undefined);

    expect(drawn.length / 20_000).toBeGreaterThan(0.17);
    expect(drawn.length / 20_000).toBeLessThan(0.21);
    for (const kind of EVENTS) {
      const share = drawn.filter((draw) => draw.kind === kind).length / drawn.length;
      expect(share).toBeGreaterThan(0.2);
      expect(share).toBeLessThan(0.3);
    }
  });

  it('draws nothing at rate 0', () => {
    expect(drawMany({ rate: 0, seed: 1 }, CHAOS_KIND_NAMES).some((draw) => draw !== undefined)).toBe(false);
  });

  it('draws one kind always when it is alone at rate 1, and no other', () => {
    const drawn = drawMany({ rate: 1, seed: 1, only: ['late-event'] }, EVENTS, 50);

    expect(new Set(drawn.map((draw) => draw?.kind))).toEqual(new Set(['late-event']));
    expect(drawn.map((draw) => draw?.occurrence)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  });
});
