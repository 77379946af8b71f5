import { describe, expect, it } from 'vitest';
import { classifyFailure } from '../../../src/statements/classify-failure.ts';

describe('classifyFailure', () => {
  it.each([
    [
      'conflict',
      'ERROR: 1023 DETAIL: Serializable isolation violation on table - 100, transactions forming the cycle are: 1, 2',
    ],
    ['conflict', 'ERROR: could not complete because of conflict with concurrent transaction'],
    ['conflict', 'ERROR: 1018 DETAIL: Relation does not exist.'],
    ['resource', 'ERROR: Query (150) cancelled by WLM abort action of Query Monitoring Rule "long"'],
    ['resource', 'ERROR: Disk Full'],
    ['ambiguous', 'ERROR: connection to server was lost'],
    ['ambiguous', 'FATAL: terminating connection due to administrator command'],
    ['throttled', 'ThrottlingException: Rate exceeded'],
    ['cancelled', "ERROR: Query (150) cancelled on user's request"],
    ['permission', 'ERROR: permission denied for relation dim_cust'],
    ['missing-object', 'ERROR: relation "dbo.dim_cust" does not exist'],
    ['other', 'ERROR: boom'],
    ['other', ''],
  ])('takes for %s: %s', (failure, error) => {
    expect(classifyFailure(error)).toBe(failure);
  });
});
