import { describe, expect, it } from 'vitest';
import { findStopReason, readStop } from '../../../src/loads/stop-reason.ts';

describe('the stop reason in a text of DMS', () => {
  it.each([
    ['Stop Reason FULL_LOAD_ONLY_FINISHED', 'FULL_LOAD_ONLY_FINISHED', 'finished'],
    [
      'Replication task has stopped. Stop Reason STOPPED_AFTER_FULL_LOAD',
      'STOPPED_AFTER_FULL_LOAD',
      'finished',
    ],
    ['Stop Reason STOPPED_AFTER_CACHED_EVENTS.', 'STOPPED_AFTER_CACHED_EVENTS', 'finished'],
    ['Last Error … Stop Reason FATAL_ERROR Error Level FATAL', 'FATAL_ERROR', 'failure'],
    ['Stop Reason NORMAL', 'NORMAL', 'wish'],
    ['Stop Reason RECYCLE_TASK', 'RECYCLE_TASK', 'restart'],
  ])('of "%s" is %s: %s', (text, reason, meaning) => {
    expect(findStopReason(text)).toBe(reason);
    expect(readStop(text)).toBe(meaning);
  });

  it.each(['', 'Replication task stopped', 'Stop Reason ABNORMAL', 'FATAL_ERRORS', 'normal'])(
    'of "%s" is none',
    (text) => {
      expect(readStop(text)).toBeUndefined();
    },
  );
});
