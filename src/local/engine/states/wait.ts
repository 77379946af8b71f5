import { sleepLong } from '../clock/long-sleep.ts';
import { evaluateSeconds, evaluateText } from '../expression/evaluate-literal.ts';
import type { CompiledWait } from '../machine/machine.ts';
import { STATES, StateError } from '../state-error.ts';
import { bindingsOf, evaluateEffects, leaveFor, type Outcome, type Visit } from '../visit.ts';

/** Wait: sleeps for Seconds or until Timestamp; a time in the past is no wait. */
export async function runWait(visit: Visit<CompiledWait>): Promise<Outcome> {
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
