import { describe, expect, it } from 'vitest';
import { createSnsService, type PublishedMessage } from '../../../../src/local/services/sns/create-sns.ts';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:notifications';

function createLocalSns() {
  const notifications: PublishedMessage[] = [];
  const { service } = createSnsService({
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
      { topicArn: TOPIC, messageId: answer?.MessageId, subject: 'Run failed', message: 'why', forms: {} },
    ]);
  });

  it('takes the topic as a target', async () => {
    const { notifications, publish } = createLocalSns();

    await publish({ TopicArn: undefined, TargetArn: TOPIC, Message: 'm' });

    expect(notifications).toHaveLength(1);
  });

  it('takes the texts of a message with a structure, each for its protocol', async () => {
    const { notifications, publish } = createLocalSns();

    await publish({ MessageStructure: 'json', Message: '{"default":"text","email":"mail"}' });

    expect(notifications[0]).toMatchObject({ message: 'text', forms: { email: 'mail' } });
  });

  it.each([
    ['no topic', { TopicArn: undefined, Message: 'm' }, 'InvalidParameterException', 'TopicArn or TargetArn'],
    [
      'an unknown topic',
      { TopicArn: `${TOPIC}x`, Message: 'm' },
      'NotFoundException',
      'Topic does not exist',
    ],
    // The next were recorded of AWS.
    [
      'a topic that is no ARN',
      { TopicArn: 'topic', Message: 'm' },
      'InvalidParameterException',
      'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1',
    ],
    [
      'a topic that is half an ARN',
      { TopicArn: 'arn:aws', Message: 'm' },
      'InvalidParameterException',
      'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 2',
    ],
    [
      'an empty topic',
      { TopicArn: '', Message: 'm' },
      'InvalidParameterException',
      'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1',
    ],
    [
      'a topic of another Region',
      { TopicArn: TOPIC.replace('us-east-1', 'eu-west-1'), Message: 'm' },
      'InvalidParameterException',
      'Invalid parameter: TopicArn',
    ],
    [
      'a topic of another account',
      { TopicArn: TOPIC.replace('000000000000', '123456789012'), Message: 'm' },
      'NotFoundException',
      'Topic does not exist',
    ],
    [
      'attributes that make it too long',
      {
        Message: 'x'.repeat(256 * 1024 - 10),
        MessageAttributes: { key: { DataType: 'String', StringValue: 'xx' } },
      },
      'InvalidParameterException',
      'Message too long',
    ],
    [
      'an attribute without a value',
      { Message: 'm', MessageAttributes: { key: { DataType: 'String', StringValue: '' } } },
      'InvalidParameterValueException',
      "'key' must contain non-empty message attribute value",
    ],
    [
      'an attribute of an unknown type',
      { Message: 'm', MessageAttributes: { key: { DataType: 'Text', StringValue: 'x' } } },
      'InvalidParameterValueException',
      "'key' has an invalid message attribute type",
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
