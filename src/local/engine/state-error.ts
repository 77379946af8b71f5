/** Error names that Amazon States Language reserves (docs: Handling errors in Step Functions workflows). */
export const STATES = {
  all: 'States.ALL',
  taskFailed: 'States.TaskFailed',
  timeout: 'States.Timeout',
  heartbeatTimeout: 'States.HeartbeatTimeout',
  runtime: 'States.Runtime',
  queryEvaluation: 'States.QueryEvaluationError',
  dataLimit: 'States.DataLimitExceeded',
  noChoiceMatched: 'States.NoChoiceMatched',
  branchFailed: 'States.BranchFailed',
} as const;

const ERROR_LIMIT = 256;
const CAUSE_LIMIT = 32_768;

/** A state's failure as Retry and Catch see it. `error` holds at most 256 characters, `cause` 32,768. */
export class StateError extends Error {
  override readonly name = 'StateError';
  readonly error: string | undefined;
  readonly reason: string | undefined;
  /** The field whose evaluation failed, e.g. `Arguments/Payload/id`. */
  readonly location: string | undefined;

  constructor(error: string | undefined, reason?: string, location?: string) {
    super(reason ?? error ?? 'failed');
    this.error = error?.slice(0, ERROR_LIMIT);
    this.reason = reason?.slice(0, CAUSE_LIMIT);
    this.location = location;
  }
}

/** The same failure, its cause naming the state as Step Functions' own failures do. */
export function locateError(
  { error, reason }: StateError,
  stateName: string,
  enteredEvent: number,
): StateError {
  const place = `An error occurred while executing the state '${stateName}' (entered at the event id #${enteredEvent}).`;
  return new StateError(error, reason === undefined ? place : `${place} ${reason}`);
}

/** `{error, cause}` as history details carry them; a member without a value is left out. */
export function errorDetails(failure: StateError): { error?: string; cause?: string } {
  return {
    ...(failure.error === undefined ? {} : { error: failure.error }),
    ...(failure.reason === undefined ? {} : { cause: failure.reason }),
  };
}

/** `$states.errorOutput`: `{Error, Cause}`, and the default output of a Catch. */
export function errorOutput(failure: StateError): { Error?: string; Cause?: string } {
  return {
    ...(failure.error === undefined ? {} : { Error: failure.error }),
    ...(failure.reason === undefined ? {} : { Cause: failure.reason }),
  };
}

/** States.Runtime ends the execution whatever Retry and Catch say (docs: Error names). */
export function isFatal(failure: StateError): boolean {
  return failure.error === STATES.runtime;
}

/** A task's or Parallel state's result that is larger than the quota. */
export function resultTooLarge(stateName: string): StateError {
  const reason = `The state/task '${stateName}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  return new StateError(STATES.dataLimit, reason);
}

/**
 * Whether an `ErrorEquals` list covers the failure. States.BranchFailed covers whatever failed in a branch
 * (`ofBranch`); the error keeps its own name.
 */
export function matchesError(errorEquals: readonly string[], failure: StateError, ofBranch = false): boolean {
  if (isFatal(failure)) return false;
  const { error } = failure;
  return errorEquals.some((name) => {
    if (name === STATES.all) return error !== STATES.dataLimit;
    if (name === STATES.taskFailed) return error !== STATES.timeout && error !== STATES.dataLimit;
    if (name === STATES.timeout) return error === STATES.timeout || error === STATES.heartbeatTimeout;
    if (name === STATES.branchFailed && ofBranch) return true;
    return name === error;
  });
}
