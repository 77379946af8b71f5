import { describe, expect, it } from 'vitest';
import { createLocalSqs, QUEUE_URL } from './local-sqs.ts';

describe('queues', () => {
  it('are found by name', async () => {
    const { call } = createLocalSqs();

    await expect(call('GetQueueUrl', { QueueName: 'dead-letters' })).resolves.toEqual({
      QueueUrl: QUEUE_URL,
    });
  });

  it('are found by a URL with another host', async () => {
    const { call } = createLocalSqs();
    const QueueUrl = 'http://localhost:4510/000000000000/dead-letters';

    await expect(call('SendMessage', { QueueUrl, MessageBody: 'm' })).resolves.toHaveProperty('MessageId');
  });

  it('are listed by prefix', async () => {
    const { call } = createLocalSqs();

    await expect(call('ListQueues')).resolves.toMatchObject({ QueueUrls: [QUEUE_URL, expect.any(String)] });
    await expect(call('ListQueues', { QueueNamePrefix: 'dead' })).resolves.toEqual({
      QueueUrls: [QUEUE_URL],
    });
  });

  it('describe themselves', async () => {
    const { call, receive } = createLocalSqs();
    await call('SendMessage', { MessageBody: '1' });
    await call('SendMessage', { MessageBody: '2', DelaySeconds: 5 });
    await call('SendMessage', { MessageBody: '3' });
    await receive();

    await expect(call('GetQueueAttributes', { AttributeNames: ['All'] })).resolves.toMatchObject({
      Attributes: {
        QueueArn: 'arn:aws:sqs:us-east-1:000000000000:dead-letters',
        ApproximateNumberOfMessages: '1',
        ApproximateNumberOfMessagesNotVisible: '1',
        ApproximateNumberOfMessagesDelayed: '1',
        VisibilityTimeout: '30',
      },
    });
  });
});

describe('a queue request', () => {
  const body = { MessageBody: 'm' };

  it.each([
    ['an unknown queue', 'SendMessage', { ...body, QueueUrl: 'http://x/0/y' }, 'QueueDoesNotExist'],
    ['an unknown name', 'GetQueueUrl', { QueueName: 'y' }, 'QueueDoesNotExist'],
    ['no queue', 'SendMessage', { ...body, QueueUrl: undefined }, 'MissingRequiredParameterException'],
    ['no body', 'SendMessage', {}, 'MissingRequiredParameterException'],
    [
      'too long a body',
      'SendMessage',
      { MessageBody: 'x'.repeat(2 ** 20 + 1) },
      'InvalidParameterValueException',
    ],
    [
      'a character that XML does not have',
      'SendMessage',
      { MessageBody: '\u0000' },
      'InvalidMessageContents',
    ],
    ['too many messages', 'ReceiveMessage', { MaxNumberOfMessages: 11 }, 'InvalidParameterValueException'],
    ['too long a wait', 'ReceiveMessage', { WaitTimeSeconds: 21 }, 'InvalidParameterValueException'],
    ['a foreign receipt handle', 'DeleteMessage', { ReceiptHandle: 'abc' }, 'ReceiptHandleIsInvalid'],
    ['an unknown attribute', 'GetQueueAttributes', { AttributeNames: ['Colour'] }, 'InvalidAttributeName'],
  ])('with %s is refused', async (_, operation, input, name) => {
    const { call } = createLocalSqs();

    await expect(call(operation, input)).rejects.toMatchObject({ name, status: 400 });
  });

  // In the words of recorded answers.
  it.each([
    [{ MaxNumberOfMessages: 11 }, 'MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if'],
    [{ WaitTimeSeconds: 21 }, 'WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.'],
  ])('says what may be: %j', async (input, words) => {
    const { call } = createLocalSqs();

    await expect(call('ReceiveMessage', input)).rejects.toThrow(words);
  });

  it.each(['', 'x'.repeat(129), 'group 123'])(
    'with the message group "%s" is refused',
    async (MessageGroupId) => {
      const { call } = createLocalSqs();

      await expect(call('SendMessage', { ...body, MessageGroupId })).rejects.toThrow(
        'MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
      );
      await expect(call('SendMessage', { ...body, MessageGroupId: 'a-1.b' })).resolves.toBeDefined();
    },
  );

  it('may come with numbers as text, as in the query protocol', async () => {
    const { call, receive } = createLocalSqs();
    await call('SendMessage', { ...body, DelaySeconds: '0' });

    await expect(receive({ MaxNumberOfMessages: '10', WaitTimeSeconds: '0' })).resolves.toHaveLength(1);
  });
});

describe('a look into the queues', () => {
  it('shows every message with its attributes, also hidden ones, and receives none', async () => {
    const { sqs, call, receive, clock } = createLocalSqs();
    await call('SendMessage', {
      MessageBody: 'first',
      MessageAttributes: {
        a: { DataType: 'String', StringValue: 'x' },
        b: { DataType: 'Binary', BinaryValue: 'eQ==' },
      },
    });
    await receive();
    await call('SendMessage', { MessageBody: 'second' });

    const [letters, failures] = sqs.peek();

    expect(letters).toEqual({
      name: 'dead-letters',
      messages: [
        {
          id: expect.any(String),
          body: 'first',
          attributes: { a: 'x', b: 'eQ==' },
          sentAt: clock.now(),
          receiveCount: 1,
        },
        { id: expect.any(String), body: 'second', attributes: {}, sentAt: clock.now(), receiveCount: 0 },
      ],
    });
    expect(failures).toEqual({ name: 'on-failure', messages: [] });
    expect(await receive()).toMatchObject([{ Body: 'second' }]);
  });
});
