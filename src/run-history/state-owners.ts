import type { Pipeline } from '../definition/pipeline.ts';
import { FRAME_STATES, stepStateNames } from '../names/machine-states.ts';

/** Maps the name of each state of a pipeline's machine to the name of the part that it belongs to. */
export function stateOwners({ steps }: Pipeline): ReadonlyMap<string, string> {
  const { turn, isTurn, waitForTurn, verify, confirm } = FRAME_STATES;
  return new Map([
    ...[turn, isTurn, waitForTurn].map((state) => [state, turn] as const),
    [verify, verify],
    [confirm, confirm],
    ...steps.flatMap(({ name }) =>
      Object.values(stepStateNames(name)).map((state) => [state, name] as const),
    ),
  ]);
}
