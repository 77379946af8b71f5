import { isRunning, LOST } from '../data-api/describe.ts';
import { readAuditFailure } from '../steps/audit/judge.ts';
import type { FailureClass } from '../steps/failure-class.ts';
import { classifyFailure } from './failure/classify-failure.ts';
import type { Policy } from './step-request.ts';

/** What to do about a step's statement. */
export type Decision =
  | { readonly kind: 'done'; readonly alreadyApplied: boolean }
  | { readonly kind: 'wait' }
  | { readonly kind: 'cancel' }
  /** Submit it again: after a pause, or at once after a redrive. */
  | { readonly kind: 'resubmit'; readonly failure: FailureClass; readonly because: 'retry' | 'redrive' }
  | { readonly kind: 'fail'; readonly failure: FailureClass };

/** What is known of a statement's end. `lost`: the Data API no longer knows it. */
export interface StatementState {
  readonly status: string;
  readonly error?: string | undefined;
}

export interface DecisionInput {
  readonly statement: StatementState;
  readonly policy: Policy;
  /** Milliseconds since the statement was submitted. */
  readonly ageMs: number;
  /** Whether a cancel was requested because it exceeded its time. */
  readonly timedOut: boolean;
  /** Attempts that failed since the start or the last redrive. */
  readonly retries: number;
  /** The execution's redrive count now, and its redrive count when the statement was submitted. */
  readonly redriveCount: number;
  readonly redriveSeen: number;
}

/**
 * The most submissions for a class, if that is fewer than the policy's. One more attempt after a pause is enough for
 * a secret that is being rotated, and Redshift locks a user after five wrong passwords, whichever steps sent them.
 */
const MOST_ATTEMPTS: Partial<Record<FailureClass, number>> = { login: 2 };

/**
 * The fence raises this when it has recorded the load already: the step was applied before, and nothing was changed
 * now.
 */
const ALREADY_APPLIED = /^(?:Query #\d+ failed with )?(?:ERROR:\s*)?ELT_DONE:/;

/**
 * Decides what to do about a statement, from its input alone. Every resubmission counts against a bound: the policy's
 * attempts since the start or the last redrive, and one for each redrive. An unknown status ends the step, so that it
 * cannot loop forever.
 */
export function decide(input: DecisionInput): Decision {
  const { statement, policy, ageMs, timedOut } = input;
  if (statement.status === 'FINISHED') return { kind: 'done', alreadyApplied: false };
  if (isRunning(statement.status)) {
    const overdue = ageMs >= policy.timeoutSeconds * 1000;
    return { kind: overdue && !timedOut ? 'cancel' : 'wait' };
  }
  if (statement.status === 'FAILED' && ALREADY_APPLIED.test(statement.error ?? '')) {
    return { kind: 'done', alreadyApplied: true };
  }
  const failure = failureOf(statement);
  if (failure === undefined) return { kind: 'fail', failure: 'other' };
  return decideFailure(input, failure);
}

function decideFailure(
  { statement, policy, timedOut, retries, redriveCount, redriveSeen }: DecisionInput,
  failure: FailureClass,
): Decision {
  // Without a fence nobody knows whether a lost statement was applied. A person must look.
  if (failure === 'lost' && policy.commits) return { kind: 'fail', failure };
  if (redriveCount > redriveSeen) return { kind: 'resubmit', failure, because: 'redrive' };
  const attempts = Math.min(policy.attempts, MOST_ATTEMPTS[failure] ?? policy.attempts);
  // The same data fail the same audit again, until a person repairs them.
  const mayPass = !timedOut && readAuditFailure(statement.error ?? '') === undefined;
  const mayRetry = mayPass && policy.retryOn.includes(failure) && retries + 1 < attempts;
  return mayRetry ? { kind: 'resubmit', failure, because: 'retry' } : { kind: 'fail', failure };
}

/**
 * Failure classes of statements that the workload manager or Redshift itself aborted, and that their error text
 * names.
 */
const OTHERS_THAT_ABORT: readonly FailureClass[] = ['limit', 'resource'];

function failureOf({ status, error }: StatementState): FailureClass | undefined {
  if (status === LOST) return 'lost';
  if (status !== 'FAILED' && status !== 'ABORTED') return undefined;
  const failure = classifyFailure(error ?? '');
  return status === 'FAILED' || OTHERS_THAT_ABORT.includes(failure) ? failure : 'cancelled';
}
