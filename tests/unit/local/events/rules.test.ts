import { describe, expect, it } from 'vitest';
import { compileEventRules } from '../../../../src/local/services/events/rules.ts';
import { createLocalEvents, dmsRule, TASK_STOPPED } from './local-events.ts';

const SWEEP = {
  name: 'sweep',
  scheduleExpression: 'rate(15 minutes)',
  targets: [{ functionName: 'sweep-loads' }],
};

function operations(rules = [dmsRule(), SWEEP]) {
  return createLocalEvents(rules).events.service.operations as unknown as Record<
    string,
    (input: object) => Promise<object>
  >;
}

describe('rules', () => {
  it.each([
    ['neither pattern nor schedule', { name: 'r', targets: [] }, 'either an event pattern or a schedule'],
    ['both', { ...SWEEP, eventPattern: { source: ['x'] } }, 'either an event pattern or a schedule'],
    [
      'an invalid pattern',
      { name: 'r', eventPattern: { source: 'x' }, targets: [] },
      'must be an object or an array',
    ],
    [
      'an invalid schedule',
      { ...SWEEP, scheduleExpression: 'rate(1 minutes)' },
      'ScheduleExpression is not valid',
    ],
    ['six targets', { ...SWEEP, targets: Array(6).fill({ functionName: 'f' }) }, 'more than 5 targets'],
    ['too many retries', dmsRule({ retryPolicy: { maximumRetryAttempts: 186 } }), '0 to 185'],
    ['too short an age', dmsRule({ retryPolicy: { maximumEventAgeInSeconds: 59 } }), '60 to 86400'],
  ])('are refused with %s', (_, rule, message) => {
    expect(() => compileEventRules([rule])).toThrow(message);
  });

  it('are refused when two have one name', () => {
    expect(() => compileEventRules([SWEEP, SWEEP])).toThrow('two local rules are called sweep');
  });
});

describe('TestEventPattern', () => {
  const event = {
    id: '1',
    account: '0',
    time: 't',
    region: 'r',
    source: TASK_STOPPED.source,
    resources: TASK_STOPPED.resources,
    'detail-type': TASK_STOPPED.detailType,
  };

  it('says whether an event matches', async () => {
    const test = (EventPattern: string) =>
      operations().TestEventPattern?.({ EventPattern, Event: JSON.stringify(event) });

    await expect(test('{"source":["aws.dms"]}')).resolves.toEqual({ Result: true });
    await expect(test('{"source":["aws.ec2"]}')).resolves.toEqual({ Result: false });
  });

  // As recorded of AWS; its API reference calls `resources` mandatory, too.
  it('takes an event without resources', async () => {
    const { resources: _, ...rest } = event;
    const Event = JSON.stringify(rest);

    await expect(
      operations().TestEventPattern?.({ EventPattern: '{"source":["aws.dms"]}', Event }),
    ).resolves.toEqual({ Result: true });
  });

  it.each(['id', 'account', 'source', 'time', 'region', 'detail-type'])(
    'refuses an event without %s, and does not say what is missing, as recorded of AWS',
    async (field) => {
      const Event = JSON.stringify({ ...event, [field]: undefined });

      await expect(
        operations().TestEventPattern?.({ EventPattern: '{"a":[1]}', Event }),
      ).rejects.toMatchObject({ name: 'ValidationException', message: 'Parameter Event is not valid.' });
    },
  );

  it.each(['plain text', '["plain text"]', '"text"', 'null', '{"testEvent":"value"}'])(
    'refuses %s for an event',
    async (Event) => {
      await expect(
        operations().TestEventPattern?.({ EventPattern: '{"a":[1]}', Event }),
      ).rejects.toMatchObject({ message: 'Parameter Event is not valid.' });
    },
  );

  it('refuses a pattern that is not valid', async () => {
    const call = operations().TestEventPattern?.({ EventPattern: '{"a":1}', Event: '{}' });

    await expect(call).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
  });
});

describe('ListRules and DescribeRule', () => {
  it('describe rules as AWS does', async () => {
    await expect(operations().DescribeRule?.({ Name: 'dms' })).resolves.toEqual({
      Name: 'dms',
      Arn: 'arn:aws:events:us-east-1:000000000000:rule/dms',
      EventPattern: '{"source":["aws.dms"]}',
      State: 'ENABLED',
      EventBusName: 'default',
      CreatedBy: '000000000000',
    });
  });

  it('list by prefix and page by page', async () => {
    const list = (input: object) => operations().ListRules?.(input);

    await expect(list({ NamePrefix: 'sw' })).resolves.toMatchObject({
      Rules: [{ Name: 'sweep', ScheduleExpression: 'rate(15 minutes)' }],
    });
    await expect(list({ Limit: 1 })).resolves.toMatchObject({ Rules: [{ Name: 'dms' }], NextToken: '1' });
    await expect(list({ Limit: 1, NextToken: '1' })).resolves.toEqual({
      Rules: [expect.objectContaining({ Name: 'sweep' })],
    });
  });

  it.each([
    [{ NextToken: '' }],
    [{ NextToken: 'x'.repeat(2_049) }],
    [{ NextToken: 'x' }],
    [{ Limit: 0 }],
    [{ Limit: 101 }],
  ])('refuse a page that cannot be: %j', async (input) => {
    await expect(operations().ListRules?.(input)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('do not find other rules and buses', async () => {
    const missing = { name: 'ResourceNotFoundException' };

    await expect(operations().DescribeRule?.({ Name: 'x' })).rejects.toMatchObject(missing);
    await expect(operations().ListRules?.({ EventBusName: 'orders' })).rejects.toMatchObject(missing);
  });
});
