import { isRunning, LOST } from '../data-api/describe.ts';
import type { FailureClass } from '../steps/failure-class.ts';
import { classifyFailure } from './failure/classify-failure.ts';
import type { Policy } from './step-request.ts';

/** What to do about a step's statement. */
export type Decision =
  | { readonly kind: 'done'; readonly alreadyApplied: boolean }
  | { readonly kind: 'wait' }
  | { readonly kind: 'cancel' }
  /** Submit it again: after a pause, or at once for the life that a redrive began. */
  | { readonly kind: 'resubmit'; readonly failure: FailureClass; readonly because: 'retry' | 'redrive' }
  | { readonly kind: 'fail'; readonly failure: FailureClass };

/** What is known of a statement's end. `lost`: the Data API does not know it any more. */
export interface StatementState {
  readonly status: string;
  readonly error?: string | undefined;
}

export interface DecisionInput {
  readonly statement: StatementState;
  readonly policy: Policy;
  /** Milliseconds since the statement was submitted. */
  readonly ageMs: number;
  /** A cancel was asked for because it overran its time. */
  readonly timedOut: boolean;
  /** Attempts that failed in this life of the execution. */
  readonly retries: number;
  /** The execution's redrive count now, and when the statement was submitted. */
  readonly redriveCount: number;
  readonly redriveSeen: number;
}

/**
 * Submissions of a class in all, where that is fewer than the policy's. A secret is rotated within a minute, and Redshift locks
 * a user after five wrong passwords, whichever step they came from.
 */
const MOST_ATTEMPTS: Partial<Record<FailureClass, number>> = { login: 2 };

/** The fence raises this when the load is recorded already: the step was applied, nothing was touched. */
const ALREADY_APPLIED = /^(?:Query #\d+ failed with )?(?:ERROR:\s*)?ELT_DONE:/;

/**
 * Decides from what is known, and only from that. Every resubmission counts against a bound: the policy's attempts
 * within one life of the execution, and one for each redrive. A status that is not known ends the step: it must not
 * become an endless loop.
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
  { policy, timedOut, retries, redriveCount, redriveSeen }: DecisionInput,
  failure: FailureClass,
): Decision {
  // Without a fence nobody knows whether a lost statement was applied; a person must look.
  if (failure === 'lost' && policy.commits) return { kind: 'fail', failure };
  if (redriveCount > redriveSeen) return { kind: 'resubmit', failure, because: 'redrive' };
  const attempts = Math.min(policy.attempts, MOST_ATTEMPTS[failure] ?? policy.attempts);
  const mayRetry = !timedOut && policy.retryOn.includes(failure) && retries + 1 < attempts;
  return mayRetry ? { kind: 'resubmit', failure, because: 'retry' } : { kind: 'fail', failure };
}

/** The workload manager and Redshift itself abort, too, and say so. */
const OTHERS_THAT_ABORT: readonly FailureClass[] = ['limit', 'resource'];

function failureOf({ status, error }: StatementState): FailureClass | undefined {
  if (status === LOST) return 'lost';
  if (status !== 'FAILED' && status !== 'ABORTED') return undefined;
  const failure = classifyFailure(error ?? '');
  return status === 'FAILED' || OTHERS_THAT_ABORT.includes(failure) ? failure : 'cancelled';
}
