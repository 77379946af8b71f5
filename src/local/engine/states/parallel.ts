import { abandon, type Branch, createBranch, type Position, record } from '../branch.ts';
import { type Data, exceedsDataLimit } from '../data.ts';
import type { ParallelState } from '../machine.ts';
import { withRecovery } from '../recover.ts';
import { STATES, StateError } from '../state-error.ts';
import { bindingsOf, evaluateData, evaluateEffects, type Outcome, type Visit } from '../visit.ts';

type RunBranch = (branch: Branch, from: Position) => Promise<Data>;

/** Parallel: all branches at once, each with a copy of the input. The first that fails stops the others. */
export function runParallel(visit: Visit<ParallelState>, runBranch: RunBranch): Promise<Outcome> {
  return withRecovery(visit, () => attemptBranches(visit, runBranch));
}

async function attemptBranches(visit: Visit<ParallelState>, runBranch: RunBranch): Promise<Outcome> {
  const { state, branch, input } = visit;
  const given =
    state.arguments === undefined ? input : await evaluateData(state.arguments, () => bindingsOf(visit));
  const started = record(branch, 'ParallelStateStarted');
  const children = state.branches.map((graph) => createBranch(branch.run, graph, started, branch.variables));
  branch.children = children;
  const outputs = await runChildren(visit, children, (child) =>
    runBranch(child, { stateName: child.graph.startAt, input: given }),
  );
  branch.children = [];
  record(branch, 'ParallelStateSucceeded');
  const result = joinOutputs(state.name, outputs);
  const effects = await evaluateEffects(visit, state, { result: result.value }, result);
  return { ...effects, ...(state.next === undefined ? {} : { next: state.next }) };
}

function runChildren(
  { branch }: Visit<ParallelState>,
  children: readonly Branch[],
  run: (child: Branch) => Promise<Data>,
): Promise<readonly Data[]> {
  return new Promise((resolve, reject) => {
    const outputs: Data[] = [];
    let open = children.length;
    const succeed = (child: Branch, index: number, output: Data) => {
      outputs[index] = output;
      branch.cursor = child.cursor;
      open -= 1;
      if (open === 0) resolve(outputs);
    };
    const fail = (child: Branch, error: unknown) => {
      if (error instanceof StateError && !child.stop.signal.aborted) {
        branch.cursor = child.cursor;
        child.stop.abort();
        for (const sibling of children) abandon(sibling, branch);
        record(branch, 'ParallelStateFailed');
      }
      reject(error);
    };
    children.forEach((child, index) => {
      run(child).then(
        (output) => succeed(child, index, output),
        (error: unknown) => fail(child, error),
      );
    });
  });
}

function joinOutputs(name: string, outputs: readonly Data[]): Data {
  const text = `[${outputs.map((output) => output.text).join(',')}]`;
  if (exceedsDataLimit(text)) {
    throw new StateError(
      STATES.dataLimit,
      `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
  }
  return { value: outputs.map((output) => output.value), text };
}
