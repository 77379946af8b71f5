import { StatementAborted, StatementFailed, StatementTimedOut } from '../errors.ts';
import type { Description } from './describe.ts';

/** Whose statement it was, for a message that a person can act on. */
export interface StatementOwner {
  readonly pipeline: string;
  readonly step: string;
  readonly timeoutSeconds: number;
}

/** The typed error for a statement that ended without success. */
export function toStatementError(
  owner: StatementOwner,
  description: Description,
  timedOut: boolean,
): StatementFailed | StatementAborted | StatementTimedOut {
  const facts = describeFacts(owner, description);
  if (timedOut) {
    const limit = `was cancelled after ${owner.timeoutSeconds} s, the step's timeoutSeconds`;
    return new StatementTimedOut(`${limit}. ${facts}`);
  }
  if (description.status === 'ABORTED') return new StatementAborted(`was cancelled. ${facts}`);
  return new StatementFailed(`${description.error ?? `ended ${description.status}`}. ${facts}`);
}

function describeFacts(owner: StatementOwner, description: Description): string {
  const facts = [
    `step ${owner.step} of ${owner.pipeline}`,
    ...(description.failedSql === undefined ? [] : [`in ${JSON.stringify(description.failedSql)}`]),
    `statement ${description.id}`,
    `Redshift query ${description.redshiftQueryId}`,
  ];
  return `(${facts.join(', ')})`;
}
