import { describe, expect, it } from 'vitest';
import type { CurrentLoad } from '../../../src/loads/current-load.ts';
import { settleEvent } from '../../../src/loads/settle-event.ts';

const EVENT = '2026-11-24T01:10:00Z';
const at = (time: string) => new Date(`2026-11-24T${time}Z`);
const none = (fields: object): CurrentLoad => ({
  ...{ kind: 'none', taskArn: 'arn:task', isHidden: false, reason: 'it was stopped' },
  ...fields,
});

describe('what DMS says of a load that has not finished', () => {
  it.each([
    ['settled', 'nothing of when it began', {}],
    [
      'settled',
      'its end, a moment before the event',
      { startedAt: at('01:00:00'), stoppedAt: at('01:09:58') },
    ],
    ['settled', 'no end', { startedAt: at('01:00:00') }],
    ['settled', 'the end of the one before', { startedAt: at('01:00:00'), stoppedAt: at('00:30:00') }],
    ['late', 'an end long before the event', { startedAt: at('01:00:00'), stoppedAt: at('01:01:00') }],
    ['stale', 'a beginning after the event', { startedAt: at('01:10:05'), stoppedAt: at('01:11:00') }],
  ])('is %s for an event where it says %s', (kind, _, fields) => {
    expect(settleEvent(none(fields), EVENT).kind).toBe(kind);
  });
});
