import { sleepLong } from '../../clocks.ts';
import type { Json } from '../../contracts.ts';
import { Abandoned, record } from '../branch.ts';
import { type Data, exceedsDataLimit } from '../expression/data.ts';
import { type CompiledTemplate, evaluateSeconds } from '../expression/template.ts';
import { invokeDirectly, invokeIntegration, publishIntegration, type TaskCall } from '../lambda-task.ts';
import type { CompiledTask } from '../machine/machine.ts';
import { withRecovery } from '../recover.ts';
import { errorDetails, locateError, resultTooLarge, STATES, StateError } from '../state-error.ts';
import {
  bindingsOf,
  evaluateArguments,
  evaluateEffects,
  leaveFor,
  type Visit,
  type VisitOutcome,
} from '../visit.ts';

/** Task: calls a Lambda function, or publishes a message, within TimeoutSeconds. */
export function runTask(visit: Visit<CompiledTask>): Promise<VisitOutcome> {
  return withRecovery(visit, () => attemptTask(visit));
}

async function attemptTask(visit: Visit<CompiledTask>): Promise<VisitOutcome> {
  const { state, input } = visit;
  const bindings = () => bindingsOf(visit);
  const seconds = (template: CompiledTemplate | undefined, field: string) =>
    template && evaluateSeconds(template, field, bindings);
  const argument = state.arguments === undefined ? input : await evaluateArguments(state.arguments, bindings);
  const call = callOf(visit, argument);
  const timeoutSeconds = await seconds(state.timeoutSeconds, 'TimeoutSeconds');
  const heartbeatSeconds = await seconds(state.heartbeatSeconds, 'HeartbeatSeconds');
  const output = await runCall(visit, call, timeoutSeconds, heartbeatSeconds);
  return leaveFor(state.next, await evaluateEffects(visit, state, { result: output.value }, output));
}

function callOf({ state, enteredEvent }: Visit<CompiledTask>, argument: Data): TaskCall {
  if (state.isPublish) return publishIntegration(argument);
  if (state.functionArn !== undefined) return invokeDirectly(state.functionArn, argument);
  if (namesFunction(argument.value)) return invokeIntegration(argument);
  const reason = `The Arguments '${argument.text}' could not be used to start the Task: [The field 'FunctionName' is required but was missing]`;
  throw locateError(new StateError(STATES.runtime, reason), state.name, enteredEvent);
}

function namesFunction(value: Json): boolean {
  if (typeof value !== 'object' || value === null || !('FunctionName' in value)) return false;
  return typeof value.FunctionName === 'string';
}

async function runCall(
  visit: Visit<CompiledTask>,
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
  const output = await withTimeout(visit, call.invoke(branch.run.deps), timeoutSeconds).catch(
    (error: unknown) => {
      if (error instanceof StateError) {
        const { type, details } = error === TIMED_OUT ? events.timedOut : events.failed;
        record(branch, type, details(errorDetails(error)));
      }
      throw error;
    },
  );
  if (exceedsDataLimit(output.text)) throw resultTooLarge(state.name);
  const { type, details } = events.succeeded;
  record(branch, type, details({ output: output.text, outputDetails: { truncated: false } }));
  return output;
}

/** A task's timeout has no cause, as recorded of Step Functions. */
const TIMED_OUT = new StateError(STATES.timeout);

/** The answer, if it comes in time; a late one is ignored. @throws {@link TIMED_OUT}, or Abandoned when the branch was */
async function withTimeout<T>(
  { branch }: Visit<CompiledTask>,
  answer: Promise<T>,
  timeoutSeconds: number | undefined,
): Promise<T> {
  if (timeoutSeconds === undefined) return await answer;
  const timer = new AbortController();
  const { signal } = branch.stop;
  const cancel = () => timer.abort(signal.reason);
  signal.addEventListener('abort', cancel, { once: true });
  const sleep = sleepLong(branch.run.deps.clock, timeoutSeconds * 1000, timer.signal);
  try {
    return await Promise.race([answer, sleep.then(() => Promise.reject(TIMED_OUT))]);
  } finally {
    signal.removeEventListener('abort', cancel);
    timer.abort(ANSWERED);
  }
}

/** Why a timer is no longer needed. One for all: making an error for each costs more than the timer. */
const ANSWERED = new Abandoned('The task has ended');
