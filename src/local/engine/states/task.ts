import { record } from '../branch.ts';
import { type Data, exceedsDataLimit } from '../data.ts';
import { evaluateSeconds } from '../evaluate-literal.ts';
import { invokeDirectly, invokeIntegration, type TaskCall } from '../lambda-task.ts';
import type { TaskState } from '../machine.ts';
import { withRecovery } from '../recover.ts';
import { errorDetails, resultTooLarge, STATES, StateError } from '../state-error.ts';
import { bindingsOf, evaluateData, evaluateEffects, leaveFor, type Outcome, type Visit } from '../visit.ts';

/** Task: calls a Lambda function, within TimeoutSeconds. */
export function runTask(visit: Visit<TaskState>): Promise<Outcome> {
  return withRecovery(visit, () => attemptTask(visit));
}

async function attemptTask(visit: Visit<TaskState>): Promise<Outcome> {
  const { state, input } = visit;
  const bindings = () => bindingsOf(visit);
  const argument = state.arguments === undefined ? input : await evaluateData(state.arguments, bindings);
  const call =
    state.functionArn === undefined
      ? invokeIntegration(argument)
      : invokeDirectly(state.functionArn, argument);
  const timeoutSeconds =
    state.timeoutSeconds && (await evaluateSeconds(state.timeoutSeconds, 'TimeoutSeconds', bindings));
  const heartbeatSeconds =
    state.heartbeatSeconds && (await evaluateSeconds(state.heartbeatSeconds, 'HeartbeatSeconds', bindings));
  const output = await runCall(visit, call, timeoutSeconds, heartbeatSeconds);
  return leaveFor(state.next, await evaluateEffects(visit, state, { result: output.value }, output));
}

async function runCall(
  visit: Visit<TaskState>,
  call: TaskCall,
  timeoutSeconds: number | undefined,
  heartbeatSeconds: number | undefined,
): Promise<Data> {
  const { branch, state } = visit;
  const { events } = call;
  const { region } = branch.run.identity;
  record(
    branch,
    events.scheduled.type,
    events.scheduled.details({ region, timeoutSeconds, heartbeatSeconds }),
  );
  record(branch, events.started.type, events.started.details({}));
  const answer = call.invoke(branch.run.deps).catch((error: unknown) => error);
  const result = await withTimeout(visit, answer, timeoutSeconds);
  if (result instanceof StateError) {
    const { type, details } = result.error === STATES.timeout ? events.timedOut : events.failed;
    record(branch, type, details(errorDetails(result)));
    throw result;
  }
  if (result instanceof Error) throw result;
  const output = result as Data;
  const { type, details } = events.succeeded;
  if (exceedsDataLimit(output.text)) throw resultTooLarge(state.name);
  record(branch, type, details({ output: output.text, outputDetails: { truncated: false } }));
  return output;
}

/** The answer, or a States.Timeout that has no cause, as Step Functions reports it. A late answer is ignored. */
async function withTimeout<T>(
  { branch }: Visit<TaskState>,
  answer: Promise<T>,
  timeoutSeconds: number | undefined,
): Promise<T | StateError> {
  if (timeoutSeconds === undefined) return await answer;
  const timer = new AbortController();
  const stop = AbortSignal.any([timer.signal, branch.stop.signal]);
  const timeout = branch.run.deps.clock.sleep(timeoutSeconds * 1000, stop).then(
    () => new StateError(STATES.timeout),
    (reason: unknown) => reason as StateError,
  );
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    timer.abort();
  }
}
