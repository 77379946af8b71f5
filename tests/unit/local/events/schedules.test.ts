import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createEventsService } from '../../../../src/local/services/events/create-events.ts';
import { parseSchedule } from '../../../../src/local/services/events/schedule.ts';
import { createManualClock } from '../../../fixtures/manual-clock.ts';

const NOON = Date.parse('2026-11-24T12:00:30Z');

describe('parseSchedule', () => {
  it.each([
    ['rate(15 minutes)', 15 * 60_000],
    ['rate(1 hour)', 3_600_000],
    ['rate(2 days)', 2 * 86_400_000],
  ])('reads %s', (expression, expected) => {
    expect(parseSchedule(expression)(NOON, NOON)).toBe(NOON + expected);
  });

  it.each(['rate(0 minutes)', 'rate(1 hours)', 'rate(5 weeks)', 'every minute', 'cron(60 4 * * ? *)'])(
    'refuses %s',
    (expression) => {
      expect(() => parseSchedule(expression)).toThrow('ScheduleExpression is not valid');
    },
  );

  it.each([
    ['cron(30 4,13 * * ? *)', '2026-11-24T13:30:00Z'],
    ['cron(0,30 3 ? * * *)', '2026-11-25T03:00:00Z'],
    ['cron(0 12 * * ? *)', '2026-11-25T12:00:00Z'],
  ])('reads the minutes and hours of %s', (expression, next) => {
    expect(parseSchedule(expression)(NOON, NOON)).toBe(Date.parse(next));
  });

  it('says which cron expressions it knows', () => {
    expect(() => parseSchedule('cron(0 3 ? * MON *)')).toThrow('supports lists of minutes and hours');
  });
});

describe('a scheduled rule', () => {
  const RULE = {
    name: 'sweep',
    scheduleExpression: 'rate(15 minutes)',
    targets: [{ functionName: 'sweep-loads' }],
  };

  function createScheduled() {
    const clock = createManualClock('2026-11-24T10:00:00.000Z');
    const payloads: string[] = [];
    const events = createEventsService({
      rules: [RULE, { ...RULE, name: 'off', enabled: false }],
      clock,
      newId: () => 'id',
      invokeAsync: async (_, payload) => void payloads.push(payload),
      sendToQueue: async () => undefined,
    });
    events.startSchedules();
    const advance = async (minutes: number) => {
      clock.advance(minutes * 60_000);
      await setImmediate();
    };
    return { events, payloads, advance };
  }

  it('invokes its target at each time with a scheduled event', async () => {
    const { payloads, advance } = createScheduled();

    await advance(14);
    expect(payloads).toHaveLength(0);
    await advance(1);
    await advance(15);

    expect(payloads).toHaveLength(2);
    expect(JSON.parse(payloads[1] ?? '')).toEqual({
      version: '0',
      id: 'id',
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      time: '2026-11-24T10:30:00Z',
      region: 'us-east-1',
      resources: ['arn:aws:events:us-east-1:000000000000:rule/sweep'],
      detail: {},
    });
  });

  it('does not catch up on times that passed while the machine was asleep', async () => {
    const { payloads, advance } = createScheduled();

    await advance(120);
    await advance(0);

    expect(payloads).toHaveLength(1);
  });

  it('stops when the service is closed', async () => {
    const { events, payloads, advance } = createScheduled();

    events.close();
    await advance(60);

    expect(payloads).toEqual([]);
  });
});
