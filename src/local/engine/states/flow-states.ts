import { sleepLong } from '../../clocks.ts';
import {
  type CompiledTemplate,
  evaluateBoolean,
  evaluateSeconds,
  evaluateText,
} from '../expression/template.ts';
import type {
  CompiledChoice,
  CompiledFail,
  CompiledPass,
  CompiledSucceed,
  CompiledWait,
} from '../machine/machine.ts';
import { locateError, STATES, StateError } from '../state-error.ts';
import { bindingsOf, evaluateEffects, leaveFor, type Visit, type VisitOutcome } from '../visit.ts';

/** Choice: the first rule whose Condition is true, or Default. @throws StateError States.NoChoiceMatched */
export async function runChoice(visit: Visit<CompiledChoice>): Promise<VisitOutcome> {
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

/** Fail: always throws. @throws StateError with the state's Error and Cause, each absent where the state has none */
export async function runFail(visit: Visit<CompiledFail>): Promise<VisitOutcome> {
  const { state } = visit;
  const text = (template: CompiledTemplate | undefined, field: string) =>
    template && evaluateText(template, field, () => bindingsOf(visit));
  throw new StateError(await text(state.error, 'Error'), await text(state.cause, 'Cause'));
}

/** Pass: the input, or Output, becomes the output. */
export async function runPass(visit: Visit<CompiledPass>): Promise<VisitOutcome> {
  const { state, input } = visit;
  return leaveFor(state.next, await evaluateEffects(visit, state, {}, input));
}

/** Succeed: ends its branch with the input, or Output. */
export function runSucceed(visit: Visit<CompiledSucceed>): Promise<VisitOutcome> {
  return evaluateEffects(visit, visit.state, {}, visit.input);
}

/** Wait: sleeps for Seconds or until Timestamp; a time in the past is no wait. */
export async function runWait(visit: Visit<CompiledWait>): Promise<VisitOutcome> {
  const { state, input, branch } = visit;
  const ms = await waitMs(visit);
  const { clock, waits = clock } = branch.run.deps;
  if (ms > 0) await sleepLong(waits, ms, branch.stop.signal);
  return leaveFor(state.next, await evaluateEffects(visit, state, {}, input));
}

async function waitMs(visit: Visit<CompiledWait>): Promise<number> {
  const { seconds, timestamp } = visit.state;
  const bindings = () => bindingsOf(visit);
  if (seconds !== undefined) return (await evaluateSeconds(seconds, 'Seconds', bindings)) * 1000;
  if (timestamp === undefined) return 0;
  const text = await evaluateText(timestamp, 'Timestamp', bindings);
  return parseTimestamp(text) - visit.branch.run.deps.clock.now();
}

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Whether the text is a timestamp as the Amazon States Language wants it: RFC 3339 with an upper-case T and a zone. */
export function isTimestamp(text: string): boolean {
  return RFC3339.test(text) && !Number.isNaN(Date.parse(text));
}

function parseTimestamp(text: string): number {
  if (isTimestamp(text)) return Date.parse(text);
  const reason = `The Timestamp parameter is not a valid ISO-8601 extended offset date-time format string: ${text}`;
  throw new StateError(STATES.queryEvaluation, reason, 'Timestamp');
}
