import type { Json, JsonObject } from '../../../../src/local/contracts.ts';
import { describeProblem } from '../../../../src/local/engine/validate/problem.ts';
import { validateDefinition } from '../../../../src/local/engine/validate/validate-definition.ts';
import { define } from './run-machine.ts';

export const DONE = { Type: 'Succeed' };

export const problemsOf = (definition: Json) => validateDefinition(definition).map(describeProblem);

/** Problems of a machine with one state `S` that leads to `Done`. */
export const problemsOfState = (state: JsonObject) => {
  const reachesDone = ['Next', 'Choices', 'Default', 'Catch'].some((field) => state[field] !== undefined);
  return problemsOf(define(reachesDone ? { S: state, Done: DONE } : { S: state }));
};
