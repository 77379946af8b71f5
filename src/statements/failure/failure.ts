import type { Description } from '../../data-api/describe.ts';
import {
  DataCheckFailed,
  LoadIncomplete,
  StatementAborted,
  StatementFailed,
  StatementLost,
  StatementTimedOut,
} from '../../errors/errors.ts';
import { readAuditFailure } from '../../steps/audit/judge.ts';
import { memberOf } from '../../steps/call/members.ts';
import type { FailureClass } from '../../steps/failure-class.ts';
import type { StepRequest } from '../step-request.ts';
import { explainFailure } from './explain-failure.ts';
import { limitAdvice } from './limit-advice.ts';

export type StatementError =
  | StatementFailed
  | StatementAborted
  | StatementTimedOut
  | StatementLost
  | LoadIncomplete
  | DataCheckFailed;

/** The part of the request that the error names. A count has no parameters. */
export type FailedRequest = Pick<StepRequest, 'pipeline' | 'step' | 'sqls' | 'policy'> &
  Partial<Pick<StepRequest, 'parameters' | 'members'>>;

/** How a statement has ended, beside what the Data API says. */
export interface FailedEnd {
  readonly failure: FailureClass;
  /** It was cancelled because it overran its time. @default false */
  readonly timedOut?: boolean;
  /** Wrong rows of its audits, as sentences. @default none */
  readonly rows?: string | undefined;
}

/** The typed error for a statement that ended without success and is not tried again. */
export function toStatementError(
  request: FailedRequest,
  description: Description,
  { failure, timedOut = false, rows = '' }: FailedEnd,
): StatementError {
  const facts = describeFacts(request, description, failure);
  if (failure === 'lost') return new StatementLost(`${lostStatement(request.policy)} ${facts}`);
  if (timedOut) {
    const limit = `The statement ran longer than ${request.policy.timeoutSeconds} s, the step's timeoutSeconds, and was cancelled.`;
    return new StatementTimedOut(`${limit} ${facts}`);
  }
  const audits = readAuditFailure(description.error ?? '');
  if (audits !== undefined) return new DataCheckFailed([`${audits}.`, rows, facts].filter(Boolean).join(' '));
  const said = description.error ?? `The statement ended ${description.status}.`;
  if (description.status === 'ABORTED' && failure === 'cancelled')
    return new StatementAborted(`The statement was cancelled. ${facts}`);
  const hint = explainFailure(request, description);
  const text = [said, limitAdvice(failure, said), hint?.text, facts].filter(Boolean).join(' ');
  return hint?.needsLoad ? new LoadIncomplete(text) : new StatementFailed(text);
}

function lostStatement({ commits }: StepRequest['policy']): string {
  const fence = commits ? 'The step commits by itself (commits: true)' : 'The step has a fence';
  return `The Data API no longer knows the statement: it remembers one for 24 hours. ${fence}.`;
}

function describeFacts(
  { pipeline, step, sqls, members }: FailedRequest,
  description: Description,
  failure: FailureClass,
): string {
  const member = memberOf(members, description.failedPart);
  const facts = [
    `step ${step} of ${pipeline}`,
    ...(member === undefined ? publishedTogether(members) : [`member ${member}`]),
    `in ${JSON.stringify(description.failedSql ?? sqls.at(-1))}`,
    `statement ${description.id}`,
    `Redshift query ${description.redshiftQueryId}`,
    `failure class ${failure}`,
  ];
  return `(${facts.join(', ')})`;
}

/** Whose transaction it was, where that was the group's as a whole: a lock, the fence, the judgement of the audits. */
function publishedTogether(members: FailedRequest['members']): readonly string[] {
  return members === undefined
    ? []
    : [`published together: ${members.map(({ name }) => name).join(' and ')}`];
}
