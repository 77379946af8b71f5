import { describe, expect, it } from 'vitest';
import { createLocalSqs } from './local-sqs.ts';

describe('a message', () => {
  it('is received with the digest SDKs compare', async () => {
    const { call, receive } = createLocalSqs();

    const sent = await call('SendMessage', { MessageBody: 'This is a test message' });
    const [message] = await receive();

    expect(sent.MD5OfMessageBody).toBe('fafb00f5732ab283681e124bf8747ed1');
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'This is a test message',
      MD5OfBody: 'fafb00f5732ab283681e124bf8747ed1',
    });
    expect(message).not.toHaveProperty('Attributes');
  });

  it('carries its attributes, if the receiver asks for them', async () => {
    const { call, receive } = createLocalSqs();
    const attributes = {
      'test.name': { DataType: 'String', StringValue: 'test_attribute_value_1' },
      binary: { DataType: 'Binary', BinaryValue: Buffer.from('x').toString('base64') },
    };

    const sent = await call('SendMessage', { MessageBody: 'm', MessageAttributes: attributes });
    const [message] = await receive({ MessageAttributeNames: ['All'], VisibilityTimeout: 0 });
    const [other] = await receive({ MessageAttributeNames: ['test.*'] });

    expect(message?.MessageAttributes).toEqual(attributes);
    expect(message?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
    expect(Object.keys(other?.MessageAttributes ?? {})).toEqual(['test.name']);
    expect(other?.MD5OfMessageAttributes).not.toBe(sent.MD5OfMessageAttributes);
  });

  it('is hidden while it is worked on, and comes back', async () => {
    const { call, receive, clock } = createLocalSqs();
    await call('SendMessage', { MessageBody: 'm' });

    await receive();
    expect(await receive()).toEqual([]);
    clock.advance(30_000);
    const [again] = await receive({ AttributeNames: ['All'] });

    expect(again?.Attributes).toEqual({
      SenderId: 'local',
      SentTimestamp: String(Date.parse('2026-11-24T00:00:00.000Z')),
      ApproximateReceiveCount: '2',
      ApproximateFirstReceiveTimestamp: String(Date.parse('2026-11-24T00:00:00.000Z')),
    });
  });

  it('is gone when it was deleted', async () => {
    const { call, receive, clock } = createLocalSqs();
    await call('SendMessage', { MessageBody: 'm' });
    const [message] = await receive();

    await call('DeleteMessage', { ReceiptHandle: message?.ReceiptHandle });
    await call('DeleteMessage', { ReceiptHandle: message?.ReceiptHandle });
    clock.advance(60_000);

    expect(await receive()).toEqual([]);
  });

  it('can be sent with a delay', async () => {
    const { call, receive, clock } = createLocalSqs();

    await call('SendMessage', { MessageBody: 'm', DelaySeconds: 10 });
    expect(await receive()).toEqual([]);
    clock.advance(10_000);

    expect(await receive()).toHaveLength(1);
  });

  it('comes with others, up to the number asked for and in order', async () => {
    const { call, receive } = createLocalSqs();
    for (const MessageBody of ['1', '2', '3']) await call('SendMessage', { MessageBody });

    const bodies = (await receive({ MaxNumberOfMessages: 2 })).map(({ Body }) => Body);

    expect(bodies).toEqual(['1', '2']);
  });
});

describe('a long poll', () => {
  it('ends when a message arrives', async () => {
    const { call, receive } = createLocalSqs();
    const waiting = receive({ WaitTimeSeconds: 20 });

    await call('SendMessage', { MessageBody: 'm' });

    await expect(waiting).resolves.toHaveLength(1);
  });

  it('ends when a hidden message comes back', async () => {
    const { call, receive, clock } = createLocalSqs();
    await call('SendMessage', { MessageBody: 'm' });
    await receive({ VisibilityTimeout: 3 });
    const waiting = receive({ WaitTimeSeconds: 20 });

    clock.advance(3000);

    await expect(waiting).resolves.toHaveLength(1);
  });

  it('ends empty after its time', async () => {
    const { receive, clock } = createLocalSqs();
    const waiting = receive({ WaitTimeSeconds: 20 });

    clock.advance(20_000);

    await expect(waiting).resolves.toEqual([]);
  });

  it('takes no message for a client that is gone', async () => {
    const { call, receive, abort } = createLocalSqs();
    const waiting = receive({ WaitTimeSeconds: 20 });

    abort.abort(new Error('closed'));
    await expect(waiting).rejects.toThrow('closed');
    await call('SendMessage', { MessageBody: 'm' });

    const counts = await call('GetQueueAttributes', { AttributeNames: ['ApproximateNumberOfMessages'] });
    expect(counts.Attributes).toEqual({ ApproximateNumberOfMessages: '1' });
  });
});

describe('a message from inside the stack', () => {
  it('arrives with text attributes', async () => {
    const { sqs, receive } = createLocalSqs();

    await sqs.send('arn:aws:sqs:us-east-1:000000000000:dead-letters', 'm', { ERROR_CODE: 'NO_RESOURCE' });
    const [message] = await receive({ MessageAttributeNames: ['.*'] });

    expect(message?.MessageAttributes).toEqual({
      ERROR_CODE: { DataType: 'String', StringValue: 'NO_RESOURCE' },
    });
  });

  it('is refused for a queue that does not exist', async () => {
    const { sqs } = createLocalSqs();

    await expect(sqs.send('arn:aws:sqs:us-east-1:000000000000:x', 'm')).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });
});
