import type { FailureClass } from '../../steps/failure-class.ts';
import { parseErrorText } from './error-text.ts';

const RULE = /Query Monitoring Rule "([^"]*)"/;

/**
 * Which setting ended a statement, for a person to look at; undefined where no setting did. Redshift has the same words for
 * `statement_timeout` and for a person who cancels.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_statement_timeout.html
 */
export function limitAdvice(failure: FailureClass, error: string): string | undefined {
  const { head } = parseErrorText(error);
  const rule = RULE.exec(head)?.[1];
  if (failure === 'limit' && rule !== undefined) {
    return (
      `The query monitoring rule "${rule}" ended it: a rule of the cluster's WLM configuration, or a query limit of the ` +
      'workgroup (max_query_execution_time is 14,400 s unless changed). Raise it, or make the statement need less.'
    );
  }
  if (failure === 'limit') {
    return 'statement_timeout ended it, of the user, the session, or the parameter group. Raise it, or make the statement faster.';
  }
  return failure === 'cancelled'
    ? "Somebody cancelled it in Redshift, or statement_timeout or the queue's max_execution_time ended it: Redshift words them alike."
    : undefined;
}
