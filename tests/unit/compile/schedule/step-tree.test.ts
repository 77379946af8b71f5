import { describe, expect, it } from 'vitest';
import { firstStep, treeDuration } from '../../../../src/compile/schedule/step-tree.ts';
import { parallel, series, step } from '../tree-order.ts';

const tree = series('A', parallel(series('B', 'C'), 'D'), 'E');

describe('step trees', () => {
  it('lay open what is nested in its like, and have no series or parallel of one', () => {
    expect(series(series('A', 'B'), series('C'))).toEqual({
      kind: 'series',
      parts: [step('A'), step('B'), step('C')],
    });
    expect(parallel(parallel('A', 'B'), parallel('C'))).toEqual({
      kind: 'parallel',
      branches: [step('A'), step('B'), step('C')],
    });
    expect(series(parallel('A'))).toEqual(step('A'));
  });

  it('last as long as their longest branches', () => {
    const seconds: Record<string, number> = { A: 1, B: 2, C: 3, D: 4, E: 10 };

    expect(treeDuration(tree, (name) => seconds[name] ?? 0)).toBe(16);
  });

  it('have a first step', () => {
    expect(firstStep(tree)).toBe('A');
    expect(firstStep(parallel(series('B', 'C'), 'A'))).toBe('B');
  });
});
