import type { EnteredState, RunningBranch, Variables } from './branch.ts';
import type { Data } from './expression/data.ts';

/** Where a branch stood when its execution ended: what a redrive needs to go on. */
export type Position = Finished | Standing;
/** A branch that had come to its end: a redrive takes its output as it is. */
export interface Finished {
  readonly output: Data;
}
export interface Standing {
  readonly place: EnteredState;
  readonly variables: Variables;
  /** Of a Parallel state that had started its branches. */
  readonly branches?: readonly Position[];
}

/**
 * The position of a branch. With `whole`, Parallel states forget their branches and run all of them again, as Step
 * Functions does after States.DataLimitExceeded (docs: Restarting state machine executions with redrive).
 */
export function positionOf(branch: RunningBranch, whole: boolean): Position {
  const { output, variables, children, graph } = branch;
  if (output !== undefined) return { output };
  const place = branch.place ?? { stateName: graph.startAt, input: branch.run.input };
  if (whole || children.length === 0) return { place, variables };
  return { place, variables, branches: children.map((child) => positionOf(child, whole)) };
}
