import {
  abandon,
  abortBranch,
  createBranch,
  type EnteredState,
  type Position,
  type RunningBranch,
  record,
  recordAside,
} from '../branch.ts';
import { type Data, exceedsDataLimit } from '../expression/data.ts';
import type { CompiledParallel, StateGraph } from '../machine/machine.ts';
import { withRecovery } from '../recover.ts';
import { isFatal, resultTooLarge, StateError } from '../state-error.ts';
import {
  bindingsOf,
  evaluateData,
  evaluateEffects,
  leaveFor,
  type Visit,
  type VisitOutcome,
} from '../visit.ts';

type RunBranch = (branch: RunningBranch, from: EnteredState, resumed?: readonly Position[]) => Promise<Data>;

/**
 * Parallel: all branches at once, each with a copy of the input. The first that fails stops the others. Of `positions`,
 * the first attempt takes finished branches as they are and goes on with the others from where they stood.
 */
export function runParallel(
  visit: Visit<CompiledParallel>,
  positions: readonly Position[] | undefined,
  runBranch: RunBranch,
): Promise<VisitOutcome> {
  const { state, branch } = visit;
  let resumed = positions;
  let joined = false;
  const attempt = async () => {
    const from = resumed;
    resumed = undefined;
    joined = false;
    const result = joinOutputs(state.name, await runBranches(visit, await inputOf(visit), from, runBranch));
    joined = true;
    recordAside(branch, 'ParallelStateSucceeded');
    return leaveFor(state.next, await evaluateEffects(visit, state, { result: result.value }, result));
  };
  return withRecovery(visit, attempt, () => {
    if (!joined) record(branch, 'ParallelStateFailed');
  });
}

async function inputOf(visit: Visit<CompiledParallel>): Promise<Data> {
  const { state, input } = visit;
  return state.arguments === undefined ? input : await evaluateData(state.arguments, () => bindingsOf(visit));
}

function runBranches(
  { branch, state }: Visit<CompiledParallel>,
  given: Data,
  positions: readonly Position[] | undefined,
  runBranch: RunBranch,
): Promise<readonly Data[]> {
  const started = record(branch, 'ParallelStateStarted');
  const children = state.branches.map((graph, index) =>
    openChild(branch, graph, started, positions?.[index]),
  );
  branch.children = children;
  return joinChildren(branch, children, async (child, index) => {
    if (child.output !== undefined) return child.output;
    const position = positions?.[index];
    if (position === undefined || 'output' in position) {
      return await runBranch(child, { stateName: child.graph.startAt, input: given });
    }
    return await runBranch(child, position.place, position.branches);
  });
}

function openChild(
  parent: RunningBranch,
  graph: StateGraph,
  cursor: number,
  position: Position | undefined,
): RunningBranch {
  if (position === undefined) return createBranch(parent.run, graph, cursor, parent.variables);
  if ('output' in position) {
    return { ...createBranch(parent.run, graph, cursor, parent.variables), output: position.output };
  }
  return createBranch(parent.run, graph, cursor, position.variables);
}

/** All outputs in the branches' order, or the first failure. The parent's next event hangs on the last branch to end. */
function joinChildren(
  parent: RunningBranch,
  children: readonly RunningBranch[],
  run: (child: RunningBranch, index: number) => Promise<Data>,
): Promise<readonly Data[]> {
  return new Promise((resolve, reject) => {
    const outputs: Data[] = [];
    let open = children.length;
    children.forEach((child, index) => {
      run(child, index).then(
        (output) => {
          outputs[index] = output;
          parent.cursor = Math.max(parent.cursor, child.cursor);
          open -= 1;
          if (open === 0) resolve(outputs);
        },
        (error: unknown) => {
          if (!child.stop.signal.aborted) stopSiblings(parent, child, children, error);
          reject(error);
        },
      );
    });
  });
}

function stopSiblings(
  parent: RunningBranch,
  failed: RunningBranch,
  children: readonly RunningBranch[],
  error: unknown,
): void {
  parent.cursor = failed.cursor;
  failed.stop.abort(error);
  const silently = !(error instanceof StateError) || isFatal(error);
  for (const sibling of children) {
    if (silently) abandon(sibling);
    else abortBranch(sibling, failed.cursor);
  }
}

function joinOutputs(name: string, outputs: readonly Data[]): Data {
  const text = `[${outputs.map((output) => output.text).join(',')}]`;
  if (exceedsDataLimit(text)) throw resultTooLarge(name);
  return { value: outputs.map((output) => output.value), text };
}
