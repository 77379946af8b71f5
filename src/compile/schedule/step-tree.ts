/** When steps run: one step; parts one after the other; or branches side by side, all of which must end. */
export type StepTree = StepLeaf | SeriesTree | ParallelTree;

export interface StepLeaf {
  readonly kind: 'step';
  readonly name: string;
}

export interface SeriesTree {
  readonly kind: 'series';
  readonly parts: readonly (StepLeaf | ParallelTree)[];
}

export interface ParallelTree {
  readonly kind: 'parallel';
  readonly branches: readonly (StepLeaf | SeriesTree)[];
}

/** Trees one after the other, as one tree: a series in a series is laid open, a single part stands for itself. */
export function inSeries(trees: readonly StepTree[]): StepTree {
  const parts = trees.flatMap((tree) => (tree.kind === 'series' ? tree.parts : [tree]));
  return single(parts) ?? { kind: 'series', parts };
}

/** Trees side by side, as one tree: a parallel in a parallel is laid open, a single branch stands for itself. */
export function inParallel(trees: readonly StepTree[]): StepTree {
  const branches = trees.flatMap((tree) => (tree.kind === 'parallel' ? tree.branches : [tree]));
  return single(branches) ?? { kind: 'parallel', branches };
}

function single<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** How long a tree takes when each step takes `durationOf` its name: in the same unit. */
export function treeDuration(tree: StepTree, durationOf: (step: string) => number): number {
  switch (tree.kind) {
    case 'step':
      return durationOf(tree.name);
    case 'series':
      return tree.parts.reduce((sum, part) => sum + treeDuration(part, durationOf), 0);
    case 'parallel':
      return Math.max(...tree.branches.map((branch) => treeDuration(branch, durationOf)));
  }
}

/** How many steps of a tree run at once, at most. */
export function treeWidth(tree: StepTree): number {
  switch (tree.kind) {
    case 'step':
      return 1;
    case 'series':
      return Math.max(...tree.parts.map(treeWidth));
    case 'parallel':
      return tree.branches.reduce((sum, branch) => sum + treeWidth(branch), 0);
  }
}

/** The step that is named first in a tree; no other starts before it. */
export function firstStep(tree: StepTree): string {
  switch (tree.kind) {
    case 'step':
      return tree.name;
    case 'series':
      return firstStep(tree.parts[0] as StepTree);
    case 'parallel':
      return firstStep(tree.branches[0] as StepTree);
  }
}
