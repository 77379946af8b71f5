import type { FailureClass } from '../../steps/failure-class.ts';
import { parseErrorText } from './error-text.ts';

const RULE = /Query Monitoring Rule "([^"]*)"/;

/**
 * Says which setting ended a statement; undefined if none did. Redshift uses the same words for `statement_timeout`
 * and for a person who cancels.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_statement_timeout.html
 */
export function limitAdvice(failure: FailureClass, error: string): string | undefined {
  const { head } = parseErrorText(error);
  const rule = RULE.exec(head)?.[1];
  if (failure === 'limit' && rule !== undefined) {
    return (
      `The query monitoring rule "${rule}" ended the statement. It is a rule of the cluster's WLM configuration, or a query limit ` +
      'of the workgroup (the default of max_query_execution_time is 14,400 s). Raise it, or make the statement need less.'
    );
  }
  if (failure === 'limit') {
    return 'The statement_timeout of the user, the session or the parameter group ended the statement. Raise it, or make the statement faster.';
  }
  return failure === 'cancelled'
    ? "Somebody cancelled the statement in Redshift, or statement_timeout or the queue's max_execution_time ended it: Redshift uses the same words for all of them."
    : undefined;
}
