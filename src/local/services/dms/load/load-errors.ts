import type { LoadSettings, RowPolicy } from '../task-settings.ts';

/** Conversions, lengths and missing values: what is wrong with a row, and not with its table. */
const ROW_CLASSES = /^2[23]/;
const TOO_LONG = '22001';

/** Whether the database, or an expression, refused a single row. */
export function isRowError(error: unknown): boolean {
  return error instanceof RowFault || ROW_CLASSES.test(codeOf(error));
}

/** An expression that failed on a row. */
export class RowFault extends Error {
  override readonly name = 'RowFault';
}

/** The policy that a row's error falls under, by name and value. */
function policyFor(
  error: unknown,
  { ErrorBehavior: behavior }: LoadSettings,
): { readonly name: string; readonly policy: RowPolicy } {
  const name = codeOf(error) === TOO_LONG ? 'DataTruncationErrorPolicy' : 'DataErrorPolicy';
  return { name, policy: behavior[name] };
}

/** Whether rows with this error are left out rather than stop the load. */
export function isSkipped(error: unknown, settings: LoadSettings): boolean {
  const { policy } = policyFor(error, settings);
  return isRowError(error) && (policy === 'LOG_ERROR' || policy === 'IGNORE_RECORD');
}

/**
 * Counts the rows that are left out of a table.
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.ErrorHandling.html
 */
export function createRowJudge(settings: LoadSettings) {
  let ignored = 0;
  return {
    /** Returns where the row is left out. @throws StoppedByPolicy, or the error, which suspends the table */
    judge(error: unknown): void {
      if (!isSkipped(error, settings)) throw orStop(error, settings);
      if (policyFor(error, settings).policy === 'IGNORE_RECORD') ignored += 1;
      const { DataErrorEscalationCount: most, DataErrorEscalationPolicy: then } = settings.ErrorBehavior;
      if (most === 0 || ignored < most) return;
      const reason = new Error(
        `${ignored} rows do not fit, DataErrorEscalationCount is ${most}; the last: ${messageOf(error)}`,
      );
      throw then === 'STOP_TASK' ? new StoppedByPolicy('DataErrorEscalationPolicy', reason) : reason;
    },
  };
}

/** The error, or the end of the task where the policy for the row asks for it. */
export function orStop(error: unknown, settings: LoadSettings): unknown {
  if (!isRowError(error)) return error;
  const { name, policy } = policyFor(error, settings);
  return policy === 'STOP_TASK' ? new StoppedByPolicy(name, error) : error;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function codeOf(error: unknown): string {
  return String(Object(error).code ?? '');
}

/** The source could not be read: the whole task fails, not just the table. */
export class SourceError extends Error {
  override readonly name = 'SourceError';

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** A table that a policy of the task's settings does not let pass: the whole task stops, and fails. */
export class StoppedByPolicy extends Error {
  override readonly name = 'StoppedByPolicy';

  constructor(policy: string, cause: unknown) {
    super(`${policy} is STOP_TASK: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
