import { evaluateBoolean } from '../expression/evaluate-literal.ts';
import type { CompiledChoice } from '../machine/machine.ts';
import { locateError, STATES, StateError } from '../state-error.ts';
import { bindingsOf, evaluateEffects, type Outcome, type Visit } from '../visit.ts';

/** Choice: the first rule whose Condition is true, or Default. @throws StateError States.NoChoiceMatched */
export async function runChoice(visit: Visit<CompiledChoice>): Promise<Outcome> {
  const { state, input } = visit;
  const bindings = bindingsOf(visit);
  for (const [index, rule] of state.choices.entries()) {
    if (await evaluateBoolean(rule.condition, `Choices[${index}]/Condition`, () => bindings)) {
      return { ...(await evaluateEffects(visit, rule, {}, input)), next: rule.next };
    }
  }
  if (state.fallback === undefined) {
    const reason = 'Failed to transition out of the state. The state does not point to a next state.';
    throw locateError(new StateError(STATES.noChoiceMatched, reason), state.name, visit.enteredEvent);
  }
  return { ...(await evaluateEffects(visit, state, {}, input)), next: state.fallback };
}
