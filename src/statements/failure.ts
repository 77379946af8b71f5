import type { FailureClass } from '../definition/failure-class.ts';
import {
  LoadChanged,
  StatementAborted,
  StatementFailed,
  StatementLost,
  StatementTimedOut,
} from '../errors/errors.ts';
import type { Description } from './describe.ts';
import { limitAdvice } from './limit-advice.ts';
import type { StepRequest } from './step-request.ts';

export type StatementError =
  | StatementFailed
  | StatementAborted
  | StatementTimedOut
  | StatementLost
  | LoadChanged;

/** The fence raises these when a newer load is recorded, or staging does not hold what was verified. */
const LOAD_CHANGED = /^(?:Query #\d+ failed with )?(?:ERROR:\s*)?ELT_(?:STALE|STAGING):/;

/** The typed error for a statement that ended without success and is not tried again. */
export function toStatementError(
  request: Pick<StepRequest, 'pipeline' | 'step' | 'sqls' | 'policy'>,
  description: Description,
  failure: FailureClass,
  timedOut: boolean,
): StatementError {
  const facts = describeFacts(request, description, failure);
  if (failure === 'lost') return new StatementLost(`${lostStatement(request.policy)} ${facts}`);
  if (timedOut) {
    const limit = `ran longer than ${request.policy.timeoutSeconds} s, the step's timeoutSeconds, and was cancelled.`;
    return new StatementTimedOut(`${limit} ${facts}`);
  }
  const said = description.error ?? `The statement ended ${description.status}.`;
  if (description.status === 'ABORTED' && failure === 'cancelled')
    return new StatementAborted(`The statement was cancelled. ${facts}`);
  const error = [said, limitAdvice(failure, said)].filter(Boolean).join(' ');
  return LOAD_CHANGED.test(error)
    ? new LoadChanged(`${error} ${facts}`)
    : new StatementFailed(`${error} ${facts}`);
}

function lostStatement({ commits }: StepRequest['policy']): string {
  const fence = commits ? 'the step commits by itself (commits: true)' : 'the step has a fence';
  return `The Data API does not know the statement any more, it remembers 24 hours; ${fence}.`;
}

function describeFacts(
  { pipeline, step, sqls }: Pick<StepRequest, 'pipeline' | 'step' | 'sqls'>,
  description: Description,
  failure: FailureClass,
): string {
  const facts = [
    `step ${step} of ${pipeline}`,
    `in ${JSON.stringify(description.failedSql ?? sqls.at(-1))}`,
    `statement ${description.id}`,
    `Redshift query ${description.redshiftQueryId}`,
    `failure class ${failure}`,
  ];
  return `(${facts.join(', ')})`;
}
