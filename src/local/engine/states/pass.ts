import type { CompiledPass } from '../machine/machine.ts';
import { evaluateEffects, leaveFor, type Outcome, type Visit } from '../visit.ts';

/** Pass: the input, or Output, becomes the output. */
export async function runPass(visit: Visit<CompiledPass>): Promise<Outcome> {
  const { state, input } = visit;
  return leaveFor(state.next, await evaluateEffects(visit, state, {}, input));
}
