import type { CompiledSucceed } from '../machine/machine.ts';
import { evaluateEffects, type Outcome, type Visit } from '../visit.ts';

/** Succeed: ends its branch with the input, or Output. */
export function runSucceed(visit: Visit<CompiledSucceed>): Promise<Outcome> {
  return evaluateEffects(visit, visit.state, {}, visit.input);
}
