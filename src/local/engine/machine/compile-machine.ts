import type { Json, JsonObject } from '../../contracts.ts';
import { compileState } from './compile-state.ts';
import type { Machine, StateGraph } from './machine.ts';

/** Compiles a definition that was found valid. */
export function compileMachine(definition: JsonObject): Machine {
  const { TimeoutSeconds } = definition;
  const graph = compileGraph(definition);
  return typeof TimeoutSeconds === 'number' ? { ...graph, timeoutSeconds: TimeoutSeconds } : graph;
}

function compileGraph(source: JsonObject): StateGraph {
  const states = Object.entries(source.States as { [name: string]: JsonObject });
  return {
    startAt: source.StartAt as string,
    states: new Map(
      states.map(([name, state]) => [name, compileState(name, state, compileBranches(state.Branches))]),
    ),
  };
}

function compileBranches(branches: Json | undefined): readonly StateGraph[] {
  return ((branches ?? []) as readonly JsonObject[]).map(compileGraph);
}
