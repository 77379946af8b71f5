import { describe, expect, it } from 'vitest';
import { effectOf } from '../../../src/run-history/effect.ts';
import { toStatementError } from '../../../src/statements/failure/failure.ts';
import { FAILURE_CLASSES, type FailureClass } from '../../../src/steps/failure-class.ts';

const request = {
  pipeline: 'load-orders',
  step: 'Load_Orders',
  sqls: ['CALL mart.sp_load_orders()'],
  policy: { timeoutSeconds: 600, attempts: 4, retryOn: [], commits: false },
};

/** The failure of a fenced step, as Step Functions is told it. */
function failureOf(status: string, failure: FailureClass, timedOut = false) {
  const description = { id: '00000000-0000-4000-8000-000000000000', status, redshiftQueryId: 7 };
  const { name, message } = toStatementError(request, description, { failure, timedOut });
  return { error: name, cause: message };
}

const effectOfCall = (state: 'done' | 'failed' | 'aborted' | 'not-started', failure = {}, commits = false) =>
  effectOf({ kind: 'call', state, commits, ...failure });

describe('what a step did to production', () => {
  it('is nothing for one that was rolled back', () => {
    const rolledBack = [
      failureOf('FAILED', 'other'),
      failureOf('ABORTED', 'cancelled'),
      failureOf('ABORTED', 'cancelled', true),
      { error: 'DataCheckFailed', cause: 'an audit failed' },
      { error: 'LoadIncomplete', cause: 'the fence found other rows' },
    ];

    for (const failure of rolledBack) expect(effectOfCall('failed', { failure })).toBe('not-applied');
  });

  it('is not known when the failure can hide a commit', () => {
    const hiding = FAILURE_CLASSES.filter(
      (name) => effectOfCall('failed', { failure: failureOf('FAILED', name) }) === 'uncertain',
    );

    expect(hiding.toSorted()).toEqual(['ambiguous', 'lost']);
    expect(effectOfCall('failed', { failure: { error: 'RedshiftUnavailable', cause: '' } })).toBe(
      'uncertain',
    );
    expect(effectOfCall('failed', { failure: { error: 'Lambda.Unknown', cause: '' } })).toBe('uncertain');
    expect(effectOfCall('aborted')).toBe('uncertain');
  });

  it('is not known of a failed procedure that commits by itself', () => {
    expect(effectOfCall('failed', { failure: failureOf('FAILED', 'other') }, true)).toBe('uncertain');
  });

  it('is plain for those that are done, that never began, and that only read', () => {
    expect(effectOfCall('done')).toBe('applied');
    expect(effectOfCall('done', {}, true)).toBe('applied');
    expect(effectOfCall('not-started', {}, true)).toBe('not-applied');
    expect(effectOf({ kind: 'check', state: 'failed', commits: false })).toBe('reads-only');
  });
});
