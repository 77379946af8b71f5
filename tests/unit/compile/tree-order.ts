import type { GraphStep } from '../../../src/compile/schedule/step-graph.ts';
import { inParallel, inSeries, type StepTree } from '../../../src/compile/schedule/step-tree.ts';

/** Steps of a tree, in the order in which they stand in it. */
export function stepsOf(tree: StepTree): readonly string[] {
  if (tree.kind === 'step') return [tree.name];
  return (tree.kind === 'series' ? tree.parts : tree.branches).flatMap(stepsOf);
}

/** Every pair of steps of which the tree starts the second only when the first has ended: `first second`, sorted. */
export function orderOfTree(tree: StepTree): readonly string[] {
  return pairsOfTree(tree)
    .map((pair) => pair.join(' '))
    .toSorted();
}

function pairsOfTree(tree: StepTree): readonly (readonly [string, string])[] {
  if (tree.kind === 'step') return [];
  if (tree.kind === 'parallel') return tree.branches.flatMap(pairsOfTree);
  const inside = tree.parts.flatMap(pairsOfTree);
  const across = tree.parts.flatMap((part, index) =>
    tree.parts
      .slice(index + 1)
      .flatMap((later) => stepsOf(part).flatMap((a) => stepsOf(later).map((b) => [a, b] as const))),
  );
  return [...inside, ...across];
}

/** Every pair of steps of which the second depends on the first, directly or not: `first second`, sorted. */
export function orderOfGraph(steps: readonly GraphStep[]): readonly string[] {
  const before = new Map<string, ReadonlySet<string>>();
  for (const { name, after } of steps) {
    before.set(name, new Set(after.flatMap((dependency) => [dependency, ...(before.get(dependency) ?? [])])));
  }
  return [...before].flatMap(([name, earlier]) => [...earlier].map((first) => `${first} ${name}`)).toSorted();
}

/** Lengths of the longest chains before each step. */
export function levelsOf(steps: readonly GraphStep[]): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  for (const { name, after } of steps) {
    levels.set(name, Math.max(0, ...after.map((dependency) => (levels.get(dependency) ?? 0) + 1)));
  }
  return levels;
}

/** A tree from nested lists: what is in `series` and `parallel`, and names. */
export const step = (name: string): StepTree => ({ kind: 'step', name });
export const series = (...trees: readonly (StepTree | string)[]): StepTree => inSeries(trees.map(asTree));
export const parallel = (...trees: readonly (StepTree | string)[]): StepTree => inParallel(trees.map(asTree));

function asTree(tree: StepTree | string): StepTree {
  return typeof tree === 'string' ? step(tree) : tree;
}
