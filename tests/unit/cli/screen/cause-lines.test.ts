import { describe, expect, it } from 'vitest';
import { causeLines } from '../../../../src/cli/screen/cause-lines.ts';
import { toStatementError } from '../../../../src/statements/failure/failure.ts';

const { message } = toStatementError(
  {
    pipeline: 'load-orders',
    step: 'Load_Orders',
    sqls: ['CALL mart.sp_a(\n  1)'],
    policy: { timeoutSeconds: 600, attempts: 4, retryOn: [], commits: false },
  },
  {
    id: '00000000-0000-4000-8000-000000000000',
    status: 'FAILED',
    error: 'ERROR: relation "a" does not exist (step 2 of it)',
    redshiftQueryId: 7,
  },
  { failure: 'missing-object' },
);

describe('the cause of a failed step', () => {
  it('is its message, and below what helps to find the statement', () => {
    expect(causeLines(message, 80)).toEqual([
      '    ERROR: relation "a" does not exist (step 2 of it)',
      '    in CALL mart.sp_a( 1)',
      '    statement 00000000-0000-4000-8000-000000000000',
      '    Redshift query 7',
      '    failure class missing-object',
    ]);
  });

  it('is shown as it is where it is in no known form', () => {
    expect(causeLines('something (broke', 80)).toEqual(['    something (broke']);
    expect(causeLines('', 80)).toEqual([]);
  });
});
