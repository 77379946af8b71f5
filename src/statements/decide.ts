import type { Description } from './describe.ts';

/** What to do about a step's statement. */
export type Decision =
  | { readonly kind: 'done'; readonly alreadyApplied: boolean }
  | { readonly kind: 'wait' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'fail' };

export interface DecisionInput {
  readonly description: Description;
  /** Milliseconds since the statement was submitted. */
  readonly ageMs: number;
  readonly timeoutSeconds: number;
  /** A cancel was asked for before. */
  readonly timedOut: boolean;
}

const RUNNING: ReadonlySet<string> = new Set(['SUBMITTED', 'PICKED', 'STARTED']);

/** The fence raises this when the load is recorded already: the step was applied, nothing was touched. */
const ALREADY_APPLIED = /^(?:Query #\d+ failed with )?(?:ERROR:\s*)?ELT_DONE:/;

/**
 * Decides from what is known, and only from that. A status that is neither running nor FINISHED ends the step: an
 * unknown one must not become an endless loop.
 */
export function decide({ description, ageMs, timeoutSeconds, timedOut }: DecisionInput): Decision {
  if (description.status === 'FINISHED') return { kind: 'done', alreadyApplied: false };
  if (RUNNING.has(description.status)) {
    const overdue = ageMs >= timeoutSeconds * 1000;
    return { kind: overdue && !timedOut ? 'cancel' : 'wait' };
  }
  if (description.status === 'FAILED' && ALREADY_APPLIED.test(description.error ?? '')) {
    return { kind: 'done', alreadyApplied: true };
  }
  return { kind: 'fail' };
}
