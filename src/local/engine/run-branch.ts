import type { EnteredState, Position, RunningBranch } from './branch.ts';
import type { Data } from './expression/data.ts';
import type { CompiledState } from './machine/machine.ts';
import { asStateError } from './recover.ts';
import { runChoice, runFail, runPass, runSucceed, runWait } from './states/flow-states.ts';
import { runParallel } from './states/parallel.ts';
import { runTask } from './states/task.ts';
import { enterState, exitState, type Visit, type VisitOutcome } from './visit.ts';

/**
 * Runs a branch from a place to its end. `resumed` are positions of the first state's branches, when it is a Parallel
 * state that goes on.
 * @throws StateError when a state fails and nothing recovers it; Abandoned when the branch was stopped
 */
export async function runBranch(
  branch: RunningBranch,
  from: EnteredState,
  resumed?: readonly Position[],
): Promise<Data> {
  let positions = resumed;
  for (let place = from; ; positions = undefined) {
    const state = branch.graph.states.get(place.stateName) as CompiledState;
    branch.place = place;
    const visit = enterState(branch, state, place.input);
    const outcome = await runState(visit, positions);
    exitState(visit, outcome);
    branch.children = [];
    if (outcome.next === undefined) {
      branch.output = outcome.output;
      return outcome.output;
    }
    place = { stateName: outcome.next, input: outcome.output };
  }
}

function runState(visit: Visit, positions: readonly Position[] | undefined): Promise<VisitOutcome> {
  const { state } = visit;
  switch (state.type) {
    case 'Task':
      return runTask(visit as Visit<typeof state>);
    case 'Parallel':
      return runParallel(visit as Visit<typeof state>, positions, runBranch);
    default:
      return runSimpleState(visit);
  }
}

/** A state without Retry and Catch: a failed evaluation is noted and fails the branch. */
async function runSimpleState(visit: Visit): Promise<VisitOutcome> {
  try {
    return await simpleOutcome(visit);
  } catch (error) {
    throw asStateError(visit, error);
  }
}

function simpleOutcome(visit: Visit): Promise<VisitOutcome> {
  const { state } = visit;
  switch (state.type) {
    case 'Wait':
      return runWait(visit as Visit<typeof state>);
    case 'Choice':
      return runChoice(visit as Visit<typeof state>);
    case 'Succeed':
      return runSucceed(visit as Visit<typeof state>);
    case 'Fail':
      return runFail(visit as Visit<typeof state>);
    default:
      return runPass(visit as Visit<Extract<CompiledState, { type: 'Pass' }>>);
  }
}
