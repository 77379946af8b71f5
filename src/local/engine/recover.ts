import { sleepLong } from '../clocks.ts';
import { record } from './branch.ts';
import { dataOf } from './expression/data.ts';
import type { CompiledCatcher, CompiledParallel, CompiledRetrier, CompiledTask } from './machine/machine.ts';
import { errorDetails, errorOutput, isFatal, locateError, matchesError, StateError } from './state-error.ts';
import { evaluateEffects, type Visit, type VisitOutcome } from './visit.ts';

type Recovering = Visit<CompiledTask | CompiledParallel>;

/**
 * Runs attempts until one succeeds, a Catch takes the error or nothing does. Each retrier counts for itself, and all
 * count from zero when the state is entered again or redriven (docs: Handling errors, "Retrying after an error").
 * `noteFailure` is called when the last attempt has failed, before a Catch is looked for.
 * @throws StateError when the state fails
 */
export async function withRecovery(
  visit: Recovering,
  attempt: () => Promise<VisitOutcome>,
  noteFailure: () => void = () => {},
): Promise<VisitOutcome> {
  const used = new Map<CompiledRetrier, number>();
  for (;;) {
    const failure = await attempt().then(
      (outcome) => outcome,
      (error: unknown) => asStateError(visit, error),
    );
    if (!(failure instanceof StateError)) return failure;
    const retrier = visit.state.retry.find((candidate) => covers(visit, candidate, failure));
    const retries = retrier === undefined ? 0 : (used.get(retrier) ?? 0);
    if (retrier === undefined || retries >= retrier.maxAttempts) {
      if (!isFatal(failure)) noteFailure();
      return await catchFailure(visit, failure);
    }
    used.set(retrier, retries + 1);
    visit.retryCount += 1;
    await pause(visit, retryDelaySeconds(retrier, retries, visit.branch.run.deps.random));
  }
}

/** The largest MaxDelaySeconds there is; an interval without one stops growing there. */
const LONGEST_DELAY_SECONDS = 31_622_400;

/** Seconds before retry number `retries` (from 0). With jitter, anything up to that. */
export function retryDelaySeconds(retrier: CompiledRetrier, retries: number, random: () => number): number {
  const grown = retrier.intervalSeconds * retrier.backoffRate ** retries;
  const delay = Math.min(grown, retrier.maxDelaySeconds ?? LONGEST_DELAY_SECONDS);
  return retrier.jitter ? delay * random() : delay;
}

function pause({ branch }: Recovering, seconds: number): Promise<void> {
  const { clock, waits = clock } = branch.run.deps;
  return sleepLong(waits, Math.round(seconds * 1000), branch.stop.signal);
}

function covers(
  { state }: Recovering,
  { errorEquals }: CompiledRetrier | CompiledCatcher,
  failure: StateError,
): boolean {
  return matchesError(errorEquals, failure, state.type === 'Parallel');
}

async function catchFailure(visit: Recovering, failure: StateError): Promise<VisitOutcome> {
  const catcher = visit.state.catch.find((candidate) => covers(visit, candidate, failure));
  if (catcher === undefined) throw failure;
  const output = dataOf(errorOutput(failure));
  const extras = { errorOutput: output.value };
  try {
    return { ...(await evaluateEffects(visit, catcher, extras, output)), next: catcher.next };
  } catch (error) {
    throw asStateError(visit, error);
  }
}

/**
 * The error as the state's failure. A failed evaluation is noted in the history, and its cause says in which state.
 * @throws anything that is no StateError
 */
export function asStateError({ branch, state, enteredEvent }: Visit, error: unknown): StateError {
  if (!(error instanceof StateError)) throw error;
  if (error.location === undefined) return error;
  const failure = locateError(error, state.name, enteredEvent);
  record(branch, 'EvaluationFailed', {
    evaluationFailedEventDetails: { ...errorDetails(failure), location: error.location, state: state.name },
  });
  return failure;
}
