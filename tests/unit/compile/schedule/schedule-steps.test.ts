import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleSteps } from '../../../../src/compile/schedule/schedule-steps.ts';
import { treeDuration } from '../../../../src/compile/schedule/step-tree.ts';
import { createSeededRandom } from '../../../../src/local/engine/expression/jsonata-functions.ts';
import { anyGraph, anyTree, graphOfTree } from '../random-steps.ts';
import { levelsOf, orderOfGraph, orderOfTree, parallel, series, step, stepsOf } from '../tree-order.ts';

const schedule = (after: Readonly<Record<string, readonly string[]>>) =>
  scheduleSteps(Object.entries(after).map(([name, dependencies]) => ({ name, after: dependencies })));

describe('scheduleSteps', () => {
  it('leaves a single step and a plain sequence as they are', () => {
    expect(schedule({ A: [] })).toEqual(step('A'));
    expect(schedule({ A: [], B: ['A'], C: ['B'] })).toEqual(series('A', 'B', 'C'));
  });

  it('sees a plain sequence through dependencies that others imply', () => {
    expect(schedule({ A: [], B: ['A'], C: ['A', 'B'], D: ['A', 'C'] })).toEqual(series('A', 'B', 'C', 'D'));
  });

  it('puts side by side what does not depend on each other', () => {
    expect(schedule({ A: [], B: [], C: ['A'] })).toEqual(parallel(series('A', 'C'), 'B'));
    expect(schedule({ A: [], B: ['A'], C: ['A'], D: ['B', 'C'] })).toEqual(
      series('A', parallel('B', 'C'), 'D'),
    );
  });

  it('puts a barrier between levels where nested branches cannot express the graph', () => {
    expect(schedule({ A: [], B: [], X: ['A', 'B'], Y: ['B'] })).toEqual(
      series(parallel('A', 'B'), parallel('X', 'Y')),
    );
  });

  it('keeps what a barrier does not concern out of it', () => {
    const tree = schedule({ A: [], B: [], X: ['A', 'B'], Y: ['B'], P: [], Q: ['P'], R: ['Q'] });

    expect(tree).toEqual(parallel(series(parallel('A', 'B'), parallel('X', 'Y')), series('P', 'Q', 'R')));
  });

  it('runs every step once, behind all it depends on', () => {
    fc.assert(
      fc.property(anyGraph, (steps) => {
        const tree = scheduleSteps(steps);

        expect(stepsOf(tree).toSorted()).toEqual(steps.map(({ name }) => name).toSorted());
        expect(orderOfTree(tree)).toEqual(expect.arrayContaining([...orderOfGraph(steps)]));
      }),
    );
  });

  it('never puts two steps of one level one after the other, so no durations make it slower than level by level', () => {
    fc.assert(
      fc.property(anyGraph, (steps) => {
        const levels = levelsOf(steps);

        for (const pair of orderOfTree(scheduleSteps(steps))) {
          const [earlier = '', later = ''] = pair.split(' ');
          expect(levels.get(earlier)).toBeLessThan(levels.get(later) ?? 0);
        }
      }),
    );
  });

  it('expresses every graph that nested branches can express, without a wait that the graph has not', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const steps = graphOfTree(tree);

        expect(orderOfTree(scheduleSteps(steps))).toEqual(orderOfGraph(steps));
      }),
    );
  });

  it('answers the same for the same steps, and leaves the rest alone when an unconnected step comes', () => {
    fc.assert(
      fc.property(anyGraph, (steps) => {
        const tree = scheduleSteps(steps);

        expect(scheduleSteps(steps)).toEqual(tree);
        expect(scheduleSteps([...steps, { name: 'Other', after: [] }])).toEqual(parallel(tree, 'Other'));
      }),
    );
  });

  it.each([
    [60, 6, 10],
    [300, 6, 50],
    [300, 30, 10],
    [300, 100, 3],
    [300, 150, 2],
    [300, 300, 1],
  ])('schedules %i steps in %i levels of %i', (size, depth, width) => {
    const steps = layeredSteps(depth, width);

    const tree = scheduleSteps(steps);

    expect(stepsOf(tree)).toHaveLength(size);
    expect(treeDuration(tree, () => 1)).toBe(depth);
  });
});

/** Layers of steps, each step depending on one or two of the layer before and at times on one of any. */
function layeredSteps(depth: number, width: number) {
  const random = createSeededRandom(7);
  const any = (layer: number) => `S${layer}_${Math.floor(random() * width)}`;
  return [...Array(depth * width).keys()].map((index) => {
    const layer = Math.floor(index / width);
    const after = layer === 0 ? [] : [any(layer - 1), any(layer - 1)];
    if (layer > 0 && random() < 0.2) after.push(any(Math.floor(random() * layer)));
    return { name: `S${layer}_${index % width}`, after: [...new Set(after)] };
  });
}
