import type { Branch, Position } from './branch.ts';
import type { Data } from './data.ts';
import type { State } from './machine.ts';
import { asStateError } from './recover.ts';
import { runChoice } from './states/choice.ts';
import { runFail } from './states/fail.ts';
import { runParallel } from './states/parallel.ts';
import { runPass } from './states/pass.ts';
import { runSucceed } from './states/succeed.ts';
import { runTask } from './states/task.ts';
import { runWait } from './states/wait.ts';
import { enterState, exitState, type Outcome, type Visit } from './visit.ts';

/**
 * Runs a branch from a position to its end.
 * @throws StateError when a state fails and nothing recovers it; Abandoned when the branch was stopped
 */
export async function runBranch(branch: Branch, from: Position): Promise<Data> {
  let position = from;
  for (;;) {
    const state = branch.graph.states.get(position.stateName) as State;
    branch.position = position;
    const visit = enterState(branch, state, position.input);
    branch.visiting = state;
    const outcome = await runState(visit);
    exitState(visit, outcome);
    delete branch.visiting;
    if (outcome.next === undefined) return outcome.output;
    position = { stateName: outcome.next, input: outcome.output };
  }
}

function runState(visit: Visit): Promise<Outcome> {
  const { state } = visit;
  switch (state.type) {
    case 'Task':
      return runTask(visit as Visit<typeof state>);
    case 'Parallel':
      return runParallel(visit as Visit<typeof state>, runBranch);
    case 'Wait':
      return noting(visit, runWait(visit as Visit<typeof state>));
    case 'Choice':
      return noting(visit, runChoice(visit as Visit<typeof state>));
    case 'Pass':
      return noting(visit, runPass(visit as Visit<typeof state>));
    case 'Succeed':
      return noting(visit, runSucceed(visit as Visit<typeof state>));
    case 'Fail':
      return noting(visit, runFail(visit as Visit<typeof state>));
  }
}

async function noting(visit: Visit, outcome: Promise<Outcome>): Promise<Outcome> {
  try {
    return await outcome;
  } catch (error) {
    throw asStateError(visit, error);
  }
}
