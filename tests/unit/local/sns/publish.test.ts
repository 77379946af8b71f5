import { describe, expect, it } from 'vitest';
import { createSns, type Notification } from '../../../../src/local/services/sns/create-sns.ts';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:notifications';

function createLocalSns() {
  const notifications: Notification[] = [];
  const { service } = createSns({
    topics: ['notifications'],
    onNotification: (one) => void notifications.push(one),
  });
  const operations = service.operations as unknown as Record<
    string,
    (input: object) => Promise<Record<string, unknown>>
  >;
  const publish = async (input: object) => operations.Publish?.({ TopicArn: TOPIC, ...input });
  return { notifications, operations, publish };
}

describe('Publish', () => {
  it('hands the message to the stack', async () => {
    const { notifications, publish } = createLocalSns();

    const answer = await publish({ Subject: 'Run failed', Message: 'why' });

    expect(notifications).toEqual([
      { topicArn: TOPIC, messageId: answer?.MessageId, subject: 'Run failed', message: 'why' },
    ]);
  });

  it('takes the topic as a target, in any Region', async () => {
    const { notifications, publish } = createLocalSns();

    await publish({ TopicArn: undefined, TargetArn: TOPIC.replace('us-east-1', 'eu-west-1'), Message: 'm' });

    expect(notifications).toHaveLength(1);
  });

  it('takes the default text of a message with a structure', async () => {
    const { notifications, publish } = createLocalSns();

    await publish({ MessageStructure: 'json', Message: '{"default":"text","email":"mail"}' });

    expect(notifications[0]?.message).toBe('text');
  });

  it.each([
    ['no topic', { TopicArn: undefined, Message: 'm' }, 'InvalidParameterException', 'TopicArn or TargetArn'],
    [
      'an unknown topic',
      { TopicArn: `${TOPIC}x`, Message: 'm' },
      'NotFoundException',
      'Topic does not exist',
    ],
    ['no message', {}, 'InvalidParameterException', 'Empty message'],
    [
      'too long a message',
      { Message: 'x'.repeat(256 * 1024 + 1) },
      'InvalidParameterException',
      'Message too long',
    ],
    [
      'too long a subject',
      { Message: 'm', Subject: 'x'.repeat(101) },
      'InvalidParameterException',
      'Subject',
    ],
    ['a subject of two lines', { Message: 'm', Subject: 'a\nb' }, 'InvalidParameterException', 'Subject'],
    [
      'a structure without default',
      { Message: '{}', MessageStructure: 'json' },
      'InvalidParameterException',
      'No default entry',
    ],
    [
      'a structure that is no JSON',
      { Message: '{', MessageStructure: 'json' },
      'InvalidParameterException',
      'failed to parse',
    ],
  ])('with %s is refused', async (_, input, name, message) => {
    const { notifications, publish } = createLocalSns();

    await expect(publish(input)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
    expect(notifications).toEqual([]);
  });
});

describe('ListTopics', () => {
  it('lists the topics', async () => {
    await expect(createLocalSns().operations.ListTopics?.({})).resolves.toEqual({
      Topics: [{ TopicArn: TOPIC }],
    });
  });
});
