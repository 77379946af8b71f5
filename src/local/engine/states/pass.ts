import type { PassState } from '../machine.ts';
import { evaluateEffects, type Outcome, type Visit } from '../visit.ts';

/** Pass: the input, or Output, becomes the output. */
export async function runPass(visit: Visit<PassState>): Promise<Outcome> {
  const { state, input } = visit;
  const effects = await evaluateEffects(visit, state, {}, input);
  return { ...effects, ...(state.next === undefined ? {} : { next: state.next }) };
}
