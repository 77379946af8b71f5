import { describe, expect, it } from 'vitest';
import { createFaults, FAULT_KINDS, type FaultKind } from '../../../src/simulation/faults.ts';

const KINDS: readonly FaultKind[] = ['lost-event', 'double-event', 'late-event'];
const faultsOf = (seed: number, only?: ReadonlySet<string>) => {
  const faults = createFaults({ seed, only, report: () => {} });
  const strikes = Array.from({ length: 1_000 }, () => faults.strike(KINDS, 'an event'));
  return { faults, strikes };
};

describe('createFaults', () => {
  it('strikes the same occasions for the same seed', () => {
    expect(faultsOf(3).strikes).toEqual(faultsOf(3).strikes);
    expect(faultsOf(3).strikes).not.toEqual(faultsOf(4).strikes);
  });

  it('strikes about as often as each kind should', () => {
    const { injected } = faultsOf(1).faults;
    const share = (kind: FaultKind) => injected.filter((fault) => fault.kind === kind).length / 1_000;

    expect(share('lost-event')).toBeCloseTo(0.12, 1);
    expect(share('double-event')).toBeCloseTo(0.1, 1);
    expect(share('late-event')).toBeCloseTo(0.15, 1);
  });

  it('strikes only what it is told to, and that unchanged', () => {
    const all = faultsOf(5);
    const [first, , third] = all.faults.injected;

    const { faults, strikes } = faultsOf(5, new Set([first?.id ?? '', third?.id ?? '']));

    expect(faults.injected).toEqual([first, third]);
    for (const [index, strike] of strikes.entries())
      if (strike !== undefined) expect(strike).toEqual(all.strikes[index]);
  });

  it('strikes no more once it has ended', () => {
    const { faults } = faultsOf(5);

    faults.end();

    for (let turn = 0; turn < 1_000; turn += 1)
      expect(faults.strike(FAULT_KINDS, 'anything')).toBeUndefined();
  });
});
