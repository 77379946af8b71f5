import { describe, expect, it } from 'vitest';
import { toStatementError } from '../../../../src/statements/failure/failure.ts';
import type { FailureClass } from '../../../../src/steps/failure-class.ts';
import { stepRequest } from '../../../fixtures/step-request.ts';

const errorOf = (status: string, error: string, failure: FailureClass) =>
  toStatementError(stepRequest, { id: 'id-1', status, error, redshiftQueryId: 7 }, { failure });

describe('toStatementError', () => {
  it.each(['FAILED', 'ABORTED'])(
    'names the rule that ended a statement, and where it is set: %s',
    (status) => {
      const error = errorOf(
        status,
        'ERROR: Query (7) cancelled by WLM abort action of Query Monitoring Rule "max_query_execution_time".',
        'limit',
      );

      expect(error).toMatchObject({
        name: 'StatementFailed',
        message: expect.stringMatching(
          /^ERROR: Query.*rule "max_query_execution_time" ended the statement.*WLM configuration.*workgroup.*failure class limit/s,
        ),
      });
    },
  );

  it('names statement_timeout, alone or beside a person, where Redshift does not tell them apart', () => {
    const own = errorOf('FAILED', 'ERROR: canceling statement due to statement timeout', 'limit');
    const either = errorOf('FAILED', "ERROR: Query (150) canceled on user's request", 'cancelled');

    expect(own.message).toContain('The statement_timeout of the user');
    expect(either.message).toMatch(
      /Somebody cancelled the statement in Redshift, or statement_timeout or .* max_execution_time/,
    );
  });

  it('says nothing of settings where none ended it', () => {
    expect(errorOf('FAILED', 'ERROR: boom', 'other').message).toMatch(/^ERROR: boom \(step /);
    expect(errorOf('ABORTED', '', 'cancelled').name).toBe('StatementAborted');
  });
});
