import type { Branch, State } from './asl.ts';

/** All states of a machine or branch with their names, those of its branches behind the Parallel state they are in. */
export function listStates({ States }: Pick<Branch, 'States'>): readonly (readonly [string, State])[] {
  return Object.entries(States).flatMap(([name, state]) => [
    [name, state] as const,
    ...(state.Type === 'Parallel' ? state.Branches.flatMap(listStates) : []),
  ]);
}
