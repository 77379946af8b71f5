import { describe, expect, it } from 'vitest';
import { readAuditFailure } from '../../../../src/steps/audit/judge.ts';

describe('the failure of a step’s audits', () => {
  it.each([
    'ERROR: ELT_AUDIT: "a": 1 wrong row; nothing was published',
    'Query #7 failed with ERROR: ELT_AUDIT: "a": 1 wrong row; nothing was published',
    'ERROR: ELT_AUDIT: "a": 1 wrong row; nothing was published  \nCONTEXT: PL/pgSQL function at RAISE',
  ])('is the head of the SQL error: %s', (error) => {
    expect(readAuditFailure(error)).toBe('"a": 1 wrong row; nothing was published');
  });

  it.each([
    'ERROR: a row holds ELT_AUDIT: in it',
    'ERROR: the procedure speaks of\nELT_AUDIT: which is its own text',
    'ERROR: ELT_STALE: a newer load is recorded',
  ])('is none where a procedure uses the same letters: %s', (error) => {
    expect(readAuditFailure(error)).toBeUndefined();
  });
});
