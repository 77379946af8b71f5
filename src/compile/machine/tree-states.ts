import { firstStep, type ParallelTree, type SeriesTree, type StepTree } from '../schedule/step-tree.ts';
import type { Branch, ParallelState, State, SucceedState } from './asl.ts';
import { branchEndName, type ClaimName, parallelName } from './state-names.ts';

/** The states of a step, by name. The last one leads to `next`. */
export type CompileStep = (step: string, next: string) => Readonly<Record<string, State>>;

export interface TreeContext {
  readonly compileStep: CompileStep;
  readonly claimName: ClaimName;
}

/**
 * Branches begin without records. Each passes on only the records of its own steps, because otherwise the sum would
 * exceed the size of a state's data.
 */
const WITHOUT_RECORDS = "{% $merge([$states.input, {'steps': {}}]) %}";

/** The records from before the branches, and those of all branches. */
const ALL_RECORDS = '$merge([$states.input.steps, $states.result.steps])';

/** Compiles a tree to states. They begin with the first one in the result and lead to `next`. */
export function compileTree(context: TreeContext, tree: StepTree, next: string): Branch {
  return compileParts(context, partsOf(tree), { Next: next });
}

type Onward = { readonly Next: string } | { readonly End: true };

type Part = SeriesTree['parts'][number];

function partsOf(tree: StepTree): readonly Part[] {
  return tree.kind === 'series' ? tree.parts : [tree];
}

function compileParts(context: TreeContext, parts: readonly Part[], onward: Onward): Branch {
  const starts = parts.map(startOf);
  const states: Record<string, State> = {};
  for (const [index, part] of parts.entries()) {
    const following = starts[index + 1];
    Object.assign(states, compilePart(context, part, following === undefined ? onward : { Next: following }));
  }
  return { StartAt: starts[0] as string, States: states };
}

function startOf(part: Part): string {
  return part.kind === 'parallel' ? parallelName(part) : part.name;
}

function compilePart(context: TreeContext, part: Part, onward: Onward): Record<string, State> {
  if (part.kind === 'parallel') return compileParallel(context, part, onward);
  const step = part.name;
  if ('Next' in onward) return claimed(context, `step "${step}"`, context.compileStep(step, onward.Next));
  // A Choice cannot end a branch.
  const end = branchEndName(step);
  return {
    ...claimed(context, `step "${step}"`, context.compileStep(step, end)),
    ...claimed(context, `the branch that ends with step "${step}"`, { [end]: branchEnd() }),
  };
}

function compileParallel(context: TreeContext, tree: ParallelTree, onward: Onward): Record<string, State> {
  const name = parallelName(tree);
  const state: ParallelState = {
    Type: 'Parallel',
    Comment: `${tree.branches.length} branches side by side; goes on when all have ended`,
    Arguments: WITHOUT_RECORDS,
    Branches: tree.branches.map((branch) => compileParts(context, partsOf(branch), { End: true })),
    Output:
      'Next' in onward
        ? `{% $merge([$states.input, {'steps': ${ALL_RECORDS}}]) %}`
        : { steps: `{% ${ALL_RECORDS} %}` },
    ...onward,
  };
  const owner = `the branches that begin with ${tree.branches.map((branch) => `"${firstStep(branch)}"`).join(', ')}`;
  return claimed(context, owner, { [name]: state });
}

function branchEnd(): SucceedState {
  return {
    Type: 'Succeed',
    Comment: 'The branch is done; the run goes on when those beside it are, too',
    Output: { steps: '{% $states.input.steps %}' },
  };
}

function claimed<T extends Readonly<Record<string, State>>>(
  { claimName }: TreeContext,
  owner: string,
  states: T,
): T {
  for (const name of Object.keys(states)) claimName(name, owner);
  return states;
}
