import type { Effect, RunStep } from './run.ts';

/** Errors after which a fenced step's transaction is known to have been rolled back. */
const ROLLED_BACK: readonly string[] = [
  'StatementFailed',
  'StatementAborted',
  'StatementTimedOut',
  // An audit failed within the transaction, or the fence found staging changed.
  'DataCheckFailed',
  'LoadIncomplete',
  'LoadChanged',
];

/** Classes of failure that can hide a commit: the answer was lost, not the work. */
const CAN_HIDE_COMMIT = /\bfailure class (?:ambiguous|lost)\b/;

/** What a step did to production, from how it ended. Fenced steps take effect whole or not at all. */
export function effectOf({
  kind,
  state,
  commits,
  failure,
}: Pick<RunStep, 'kind' | 'state' | 'commits' | 'failure'>): Effect {
  if (kind === 'check') return 'reads-only';
  switch (state) {
    case 'done':
      return 'applied';
    case 'not-started':
      return 'not-applied';
    case 'failed':
      return !commits && failure !== undefined && isRolledBack(failure) ? 'not-applied' : 'uncertain';
    default:
      return 'uncertain';
  }
}

function isRolledBack({ error, cause }: { readonly error: string; readonly cause: string }): boolean {
  return ROLLED_BACK.includes(error) && !CAN_HIDE_COMMIT.test(cause);
}
