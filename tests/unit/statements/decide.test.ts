import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOST } from '../../../src/data-api/describe.ts';
import { type DecisionInput, decide } from '../../../src/statements/decide.ts';
import { FAILURE_CLASSES, RETRIED_BY_DEFAULT } from '../../../src/steps/failure-class.ts';

const CONFLICT = 'ERROR: 1023 DETAIL: Serializable isolation violation on table';

const decideOn = (status: string, error?: string, rest: Partial<DecisionInput> = {}) =>
  decide({
    statement: { status, error },
    policy: { timeoutSeconds: 60, attempts: 3, retryOn: [...RETRIED_BY_DEFAULT], commits: false },
    ageMs: 0,
    timedOut: false,
    retries: 0,
    redriveCount: 0,
    redriveSeen: 0,
    ...rest,
  });
const commits = { timeoutSeconds: 60, attempts: 1, retryOn: [], commits: true };

describe('decide', () => {
  it.each(['SUBMITTED', 'PICKED', 'STARTED'])('waits for a statement that is %s', (status) => {
    expect(decideOn(status)).toEqual({ kind: 'wait' });
  });

  it('is done when the statement is FINISHED, even past its time', () => {
    expect(decideOn('FINISHED', undefined, { ageMs: 1e9 })).toEqual({ kind: 'done', alreadyApplied: false });
  });

  it.each([
    'ERROR: ELT_DONE: load 20261124T010203004Z-0123456789ab is recorded in elt.fence_x',
    'Query #2 failed with ERROR: ELT_DONE: load 20261124T010203004Z-0123456789ab is recorded in elt.fence_x',
  ])('is done when the fence says that the load was applied before: %s', (error) => {
    expect(decideOn('FAILED', error)).toEqual({ kind: 'done', alreadyApplied: true });
  });

  it.each([
    'ERROR: ELT_STALE: a newer load is recorded',
    'ERROR: row with ELT_DONE: in it',
    'ERROR: ELT_DONE_TOO',
    '',
  ])('fails on a failed statement with any other error: %s', (error) => {
    expect(decideOn('FAILED', error)).toMatchObject({ kind: 'fail' });
  });

  it('cancels a statement once when its time is up, and then waits for its end', () => {
    expect(decideOn('STARTED', undefined, { ageMs: 59_999 })).toEqual({ kind: 'wait' });
    expect(decideOn('STARTED', undefined, { ageMs: 60_000 })).toEqual({ kind: 'cancel' });
    expect(decideOn('STARTED', undefined, { ageMs: 70_000, timedOut: true })).toEqual({ kind: 'wait' });
  });

  it('tries again what was rolled back, as often as the policy says, and fails then', () => {
    expect(decideOn('FAILED', CONFLICT)).toEqual({ kind: 'resubmit', failure: 'conflict', because: 'retry' });
    expect(decideOn('FAILED', CONFLICT, { retries: 1 })).toMatchObject({ kind: 'resubmit' });
    expect(decideOn('FAILED', CONFLICT, { retries: 2 })).toEqual({ kind: 'fail', failure: 'conflict' });
  });

  it('tries a failed audit again after a redrive only, whatever the policy says', () => {
    const audit = 'ERROR: ELT_AUDIT: "a": 3 wrong rows; nothing was published';
    const policy = { timeoutSeconds: 60, attempts: 3, retryOn: [...FAILURE_CLASSES], commits: false };

    expect(decideOn('FAILED', audit, { policy })).toEqual({ kind: 'fail', failure: 'other' });
    expect(decideOn('FAILED', audit, { policy, redriveCount: 1 })).toMatchObject({ because: 'redrive' });
  });

  it('does not try again what was cancelled or has timed out', () => {
    expect(decideOn('ABORTED')).toEqual({ kind: 'fail', failure: 'cancelled' });
    expect(decideOn('FAILED', CONFLICT, { timedOut: true })).toEqual({ kind: 'fail', failure: 'conflict' });
  });

  it('does not try again what exceeded a limit that somebody set, whoever ended it', () => {
    const rule =
      'ERROR: Query (7) cancelled by WLM abort action of Query Monitoring Rule "max_query_execution_time".';

    for (const status of ['FAILED', 'ABORTED'])
      expect(decideOn(status, rule)).toEqual({ kind: 'fail', failure: 'limit' });
  });

  it('tries again what the system aborted, and not what was cancelled in whatever words', () => {
    const abort = 'ERROR: abort query\n  Detail: \n  context:   system requested abort\n';

    expect(decideOn('ABORTED', abort)).toMatchObject({ kind: 'resubmit', failure: 'resource' });
    for (const words of [
      'ERROR: Query cancelled.',
      CONFLICT,
      'An I/O error occurred while sending to the backend.',
    ])
      expect(decideOn('ABORTED', words)).toEqual({ kind: 'fail', failure: 'cancelled' });
  });

  it('logs in again once only: five wrong passwords lock a user', () => {
    const refused = 'FATAL: password authentication failed for user "runtime"';

    expect(decideOn('FAILED', refused)).toMatchObject({ kind: 'resubmit', failure: 'login' });
    expect(decideOn('FAILED', refused, { retries: 1 })).toEqual({ kind: 'fail', failure: 'login' });
  });

  it('submits anew, once for each redrive, what has failed before it', () => {
    const redriven = { redriveCount: 2, redriveSeen: 1, retries: 2 };

    expect(decideOn('FAILED', 'ERROR: boom', redriven)).toEqual({
      kind: 'resubmit',
      failure: 'other',
      because: 'redrive',
    });
    expect(decideOn('ABORTED', undefined, { ...redriven, timedOut: true })).toMatchObject({
      kind: 'resubmit',
    });
    expect(decideOn('FAILED', 'ERROR: boom', { ...redriven, redriveSeen: 2 })).toEqual({
      kind: 'fail',
      failure: 'other',
    });
  });

  it('leaves a statement alone that is found running or finished after a redrive', () => {
    const redriven = { redriveCount: 1, redriveSeen: 0 };

    expect(decideOn('STARTED', undefined, redriven)).toEqual({ kind: 'wait' });
    expect(decideOn('FINISHED', undefined, redriven)).toMatchObject({ kind: 'done' });
  });

  it('lets the fence decide about a statement that nobody knows any more, but not without one', () => {
    expect(decideOn(LOST)).toMatchObject({ kind: 'resubmit', failure: 'lost' });
    expect(decideOn(LOST, undefined, { policy: commits, redriveCount: 1 })).toEqual({
      kind: 'fail',
      failure: 'lost',
    });
  });

  it('takes every status that nobody knows for a failure, never for a reason to wait', () => {
    const known = new Set(['SUBMITTED', 'PICKED', 'STARTED', 'FINISHED', 'FAILED', 'ABORTED', LOST]);

    fc.assert(
      fc.property(fc.string(), fc.boolean(), fc.nat(), fc.nat(), (status, timedOut, ageMs, redriveCount) => {
        fc.pre(!known.has(status));
        expect(decideOn(status, undefined, { timedOut, ageMs, redriveCount })).toEqual({
          kind: 'fail',
          failure: 'other',
        });
      }),
    );
  });

  it('resubmits within its bounds only, whatever statements answer and however often they are redriven', () => {
    const answer = fc.record({
      status: fc.constantFrom('SUBMITTED', 'STARTED', 'FAILED', 'FAILED', 'ABORTED', LOST, 'NEW_STATUS'),
      error: fc.constantFrom('ERROR: boom', CONFLICT, 'ERROR: disk full', 'connection lost'),
      redrives: fc.boolean(),
    });
    const policies = fc.record({
      timeoutSeconds: fc.constant(60),
      attempts: fc.integer({ min: 1, max: 6 }),
      retryOn: fc.subarray([...FAILURE_CLASSES]),
      commits: fc.boolean(),
    });

    fc.assert(
      fc.property(policies, fc.array(answer, { maxLength: 60 }), (policy, answers) => {
        let state = { retries: 0, redriveCount: 0, redriveSeen: 0 };
        let submissions = 1;
        for (const { redrives, ...statement } of answers) {
          if (redrives) state = { ...state, redriveCount: state.redriveCount + 1 };
          const decision = decide({ statement, policy, ageMs: 0, timedOut: false, ...state });
          if (decision.kind !== 'resubmit') continue;
          submissions += 1;
          state =
            decision.because === 'redrive'
              ? { ...state, retries: 0, redriveSeen: state.redriveCount }
              : { ...state, retries: state.retries + 1 };
        }
        expect(submissions).toBeLessThanOrEqual(policy.attempts * (state.redriveCount + 1));
      }),
    );
  });
});
