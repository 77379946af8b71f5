import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/statements/decide.ts';

const input = (status: string, rest: { error?: string; ageMs?: number; timedOut?: boolean } = {}) => ({
  description: {
    id: 'x',
    status,
    redshiftQueryId: -1,
    ...(rest.error === undefined ? {} : { error: rest.error }),
  },
  ageMs: rest.ageMs ?? 0,
  timeoutSeconds: 60,
  timedOut: rest.timedOut ?? false,
});

describe('decide', () => {
  it.each(['SUBMITTED', 'PICKED', 'STARTED'])('waits for a statement that is %s', (status) => {
    expect(decide(input(status))).toEqual({ kind: 'wait' });
  });

  it('is done when the statement is FINISHED, even past its time', () => {
    expect(decide(input('FINISHED', { ageMs: 1e9 }))).toEqual({ kind: 'done', alreadyApplied: false });
  });

  it.each([
    'ERROR: ELT_DONE: load 20261124T010203004Z-0123456789ab is recorded in elt.fence_x',
    'Query #2 failed with ERROR: ELT_DONE: load 20261124T010203004Z-0123456789ab is recorded in elt.fence_x',
  ])('is done when the fence says that the load was applied before: %s', (error) => {
    expect(decide(input('FAILED', { error }))).toEqual({ kind: 'done', alreadyApplied: true });
  });

  it.each([
    'ERROR: ELT_STALE: a newer load is recorded',
    'ERROR: row with ELT_DONE in it',
    'ERROR: ELT_DONE_TOO',
    '',
  ])('fails on a failed statement with any other error: %s', (error) => {
    expect(decide(input('FAILED', { error }))).toEqual({ kind: 'fail' });
  });

  it('cancels a statement once when its time is up, and then waits for its end', () => {
    expect(decide(input('STARTED', { ageMs: 59_999 }))).toEqual({ kind: 'wait' });
    expect(decide(input('STARTED', { ageMs: 60_000 }))).toEqual({ kind: 'cancel' });
    expect(decide(input('STARTED', { ageMs: 70_000, timedOut: true }))).toEqual({ kind: 'wait' });
  });

  it('takes every status that is neither running nor FINISHED for a failure, never for a reason to wait', () => {
    const running = new Set(['SUBMITTED', 'PICKED', 'STARTED']);

    fc.assert(
      fc.property(fc.string(), fc.boolean(), fc.nat(), (status, timedOut, ageMs) => {
        fc.pre(!running.has(status) && status !== 'FINISHED');
        expect(decide(input(status, { timedOut, ageMs }))).toEqual({ kind: 'fail' });
      }),
    );
  });
});
