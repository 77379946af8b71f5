import { evaluateText } from '../expression/evaluate-literal.ts';
import type { CompiledTemplate } from '../expression/template.ts';
import type { CompiledFail } from '../machine/machine.ts';
import { StateError } from '../state-error.ts';
import { bindingsOf, type Outcome, type Visit } from '../visit.ts';

/** Fail: always throws. @throws StateError with the state's Error and Cause, each absent where the state has none */
export async function runFail(visit: Visit<CompiledFail>): Promise<Outcome> {
  const { state } = visit;
  const text = (template: CompiledTemplate | undefined, field: string) =>
    template && evaluateText(template, field, () => bindingsOf(visit));
  throw new StateError(await text(state.error, 'Error'), await text(state.cause, 'Cause'));
}
