import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createEventsService } from '../../../../src/local/services/events/create-events.ts';
import { parseSchedule } from '../../../../src/local/services/events/schedule-expression.ts';
import { createManualClock } from '../../../fixtures/manual-clock.ts';

function nextTimes(expression: string, after: string, count: number): string[] {
  const schedule = parseSchedule(expression);
  const times: string[] = [];
  for (let time = Date.parse(after); times.length < count; ) {
    time = schedule.next(time) ?? Number.NaN;
    times.push(Number.isNaN(time) ? 'never' : new Date(time).toISOString());
  }
  return times;
}

describe('parseSchedule', () => {
  it('counts a rate from the moment it is asked', () => {
    expect(nextTimes('rate(15 minutes)', '2026-11-24T10:07:00Z', 2)).toEqual([
      '2026-11-24T10:22:00.000Z',
      '2026-11-24T10:37:00.000Z',
    ]);
  });

  it.each([
    ['cron(0 3 * * ? *)', '2026-11-25T03:00:00.000Z'],
    ['cron(0/15 * * * ? *)', '2026-11-24T10:15:00.000Z'],
    ['cron(5,10 8-17 ? * MON-FRI *)', '2026-11-24T10:10:00.000Z'],
    ['cron(0 0 1 JAN ? 2028)', '2028-01-01T00:00:00.000Z'],
    ['cron(0 12 29 2 ? *)', '2028-02-29T12:00:00.000Z'],
    ['cron(0 9 ? * 1 *)', '2026-11-29T09:00:00.000Z'],
    ['cron(0 0 1 1 ? 2020)', 'never'],
  ])('finds the next time of %s', (expression, expected) => {
    expect(nextTimes(expression, '2026-11-24T10:07:30Z', 1)).toEqual([expected]);
  });

  it.each([
    'rate(0 minutes)',
    'rate(1 hours)',
    'rate(5 weeks)',
    'cron(0 3 * * *)',
    'cron(0 3 * * * *)',
    'cron(0 3 ? * ? *)',
    'cron(61 * * * ? *)',
    'cron(0 5-3 * * ? *)',
    'cron(0/0 * * * ? *)',
    'cron(0 0 L * ? *)',
    'every minute',
  ])('refuses %s', (expression) => {
    expect(() => parseSchedule(expression)).toThrow('ScheduleExpression is not valid');
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
