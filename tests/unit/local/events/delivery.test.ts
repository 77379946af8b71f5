import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../src/local/aws-error.ts';
import { retryPauseMs } from '../../../../src/local/services/events/delivery.ts';
import { createLocalEvents, DLQ, dmsRule, TASK_STOPPED } from './local-events.ts';

const throttled = () => new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);

describe('publishing an event', () => {
  it('invokes the targets of the rules that match, with the event in AWS shape', async () => {
    const other = { name: 'other', eventPattern: { source: ['aws.ec2'] }, targets: [{ functionName: 'x' }] };
    const { events, invocations } = createLocalEvents([dmsRule(), other]);

    await events.bus.publish(TASK_STOPPED);
    await events.idle();

    expect(invocations).toHaveLength(1);
    expect(invocations[0]?.functionName).toBe('start-run');
    expect(JSON.parse(invocations[0]?.payload ?? '')).toEqual({
      version: '0',
      id: 'event-1',
      'detail-type': 'DMS Replication Task State Change',
      source: 'aws.dms',
      account: '000000000000',
      time: '2026-11-24T10:20:30Z',
      region: 'us-east-1',
      resources: TASK_STOPPED.resources,
      detail: { eventType: 'REPLICATION_TASK_STOPPED' },
    });
  });

  it('gives a target its own input in place of the event', async () => {
    const { events, invocations } = createLocalEvents([dmsRule({ input: { pipeline: 'p' } })]);

    await events.bus.publish(TASK_STOPPED);
    await events.idle();

    expect(invocations[0]?.payload).toBe('{"pipeline":"p"}');
  });

  it('leaves disabled rules alone', async () => {
    const { events, invocations } = createLocalEvents([{ ...dmsRule(), enabled: false }]);

    await events.bus.publish(TASK_STOPPED);
    await events.idle();

    expect(invocations).toEqual([]);
  });

  it('repeats a refused delivery after growing pauses', async () => {
    const { events, clock, invocations, deadLetters } = createLocalEvents([dmsRule()], (attempt) =>
      attempt < 4 ? throttled() : undefined,
    );

    await events.bus.publish(TASK_STOPPED);
    await events.idle();

    expect(invocations).toHaveLength(4);
    expect(clock.sleeps).toEqual([1000, 2000, 4000]);
    expect(deadLetters).toEqual([]);
  });

  it('sends the event to the dead-letter queue when its attempts are used up', async () => {
    const target = { deadLetterQueueArn: DLQ, retryPolicy: { maximumRetryAttempts: 2 } };
    const { events, invocations, deadLetters } = createLocalEvents([dmsRule(target)], throttled);

    await events.bus.publish(TASK_STOPPED);
    await events.idle();

    expect(invocations).toHaveLength(3);
    expect(deadLetters).toEqual([
      {
        queueArn: DLQ,
        body: invocations[0]?.payload,
        attributes: {
          RULE_ARN: 'arn:aws:events:us-east-1:000000000000:rule/dms',
          TARGET_ARN: 'arn:aws:lambda:us-east-1:000000000000:function:start-run',
          ERROR_CODE: 'THROTTLING',
          ERROR_MESSAGE: 'Rate Exceeded.',
          EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
          RETRY_ATTEMPTS: '2',
        },
      },
    ]);
  });

  it('gives up an event that would become too old', async () => {
    const target = { deadLetterQueueArn: DLQ, retryPolicy: { maximumEventAgeInSeconds: 60 } };
    const { events, clock, deadLetters } = createLocalEvents([dmsRule(target)], throttled);

    await events.bus.publish(TASK_STOPPED);
    await events.idle();

    expect(clock.sleeps.reduce((sum, pause) => sum + pause, 0)).toBeLessThanOrEqual(60_000);
    expect(deadLetters[0]?.attributes).toMatchObject({
      EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds',
    });
  });

  it('does not repeat a delivery to a function that does not exist', async () => {
    const missing = () => new AwsError('ResourceNotFoundException', 'Function not found: arn', 404);
    const { events, invocations, deadLetters } = createLocalEvents(
      [dmsRule({ deadLetterQueueArn: DLQ })],
      missing,
    );

    await events.bus.publish(TASK_STOPPED);
    await events.idle();

    expect(invocations).toHaveLength(1);
    expect(deadLetters[0]?.attributes).toMatchObject({ ERROR_CODE: 'NO_RESOURCE' });
    expect(deadLetters[0]?.attributes).not.toHaveProperty('RETRY_ATTEMPTS');
  });

  it('drops an undeliverable event where the target has no dead-letter queue', async () => {
    const { events, deadLetters } = createLocalEvents(
      [dmsRule({ retryPolicy: { maximumRetryAttempts: 0 } })],
      throttled,
    );

    await events.bus.publish(TASK_STOPPED);
    await events.idle();

    expect(deadLetters).toEqual([]);
  });
});

describe('retryPauseMs', () => {
  it('doubles, stops at ten minutes and is jittered by half', () => {
    expect([0, 1, 5, 30].map((retries) => retryPauseMs(retries, 1))).toEqual([1000, 2000, 32_000, 600_000]);
    expect(retryPauseMs(0, 0)).toBe(500);
  });
});
