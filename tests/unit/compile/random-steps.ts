import fc from 'fast-check';
import type { GraphStep } from '../../../src/compile/schedule/step-graph.ts';
import { inParallel, inSeries, type StepTree } from '../../../src/compile/schedule/step-tree.ts';

/** Any acyclic graph of up to 14 steps, in an order that respects it. */
export const anyGraph: fc.Arbitrary<readonly GraphStep[]> = fc.integer({ min: 1, max: 14 }).chain((size) =>
  fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 24 }).map((edges) =>
    [...Array(size).keys()].map((index) => ({
      name: `S${index}`,
      after: [...new Set(edges.flatMap(([a, b]) => (b === index && a < index ? [`S${a}`] : [])))],
    })),
  ),
);

type Shape = 'step' | { readonly kind: 'series' | 'parallel'; readonly parts: readonly Shape[] };

const shapes = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constant('step' as const),
    fc.record({
      kind: fc.constantFrom('series' as const, 'parallel' as const),
      parts: fc.array(tie('shape'), { minLength: 1, maxLength: 4 }),
    }),
  ),
})).shape;

/** Any tree; steps are numbered as they stand in it. */
export const anyTree: fc.Arbitrary<StepTree> = shapes.map((shape) => {
  let count = 0;
  const treeOf = (part: Shape): StepTree => {
    if (part === 'step') return { kind: 'step', name: `S${count++}` };
    const trees = part.parts.map(treeOf);
    return part.kind === 'series' ? inSeries(trees) : inParallel(trees);
  };
  return treeOf(shape);
});

/** The graph that a tree expresses as it is: what begins a part depends on all that ends the part before. */
export function graphOfTree(tree: StepTree): readonly GraphStep[] {
  const after = new Map<string, readonly string[]>();
  place(tree, []);
  return [...after].map(([name, dependencies]) => ({ name, after: dependencies }));

  /** Answers the steps that end the part. */
  function place(part: StepTree, behind: readonly string[]): readonly string[] {
    if (part.kind === 'step') {
      after.set(part.name, behind);
      return [part.name];
    }
    if (part.kind === 'parallel') return part.branches.flatMap((branch) => place(branch, behind));
    return part.parts.reduce((ends, next) => place(next, ends), behind);
  }
}
