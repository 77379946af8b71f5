import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSnsService, snsTopicArn } from '../../../src/local/services/sns/create-sns.ts';
import { createSqsService } from '../../../src/local/services/sqs/create-sqs.ts';
import { queueArn } from '../../../src/local/services/sqs/queue.ts';
import { localClientConfig } from '../../../src/local-stage/local-client-config.ts';
import { startEndpoint } from '../../fixtures/local-endpoint.ts';
import { createManualClock } from '../../fixtures/manual-clock.ts';

const TopicArn = snsTopicArn('news');
const Endpoint = queueArn('mine');
const TEXTS = JSON.stringify({ default: 'prose', sqs: '{"step":"Load"}', email: 'letter' });

let sns: SNSClient;
let sqs: SQSClient;
let QueueUrl: string | undefined;

beforeEach(async () => {
  const clock = createManualClock();
  let url = '';
  const queues = createSqsService({ queues: [{ name: 'theirs' }], clock, endpointUrl: () => url });
  const topics = createSnsService({ topics: ['news'], onNotification: () => undefined, queues, clock });
  ({ url } = await startEndpoint([queues.service, topics.service]));
  sns = new SNSClient(localClientConfig(url));
  sqs = new SQSClient(localClientConfig(url));
  ({ QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'mine' })));
});

const subscribe = async (Attributes: Record<string, string> = {}, others: object = {}) =>
  sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes, ...others }));
const publish = async (severity: string) =>
  sns.send(
    new PublishCommand({
      ...{ TopicArn, Subject: 'news', Message: TEXTS, MessageStructure: 'json' },
      MessageAttributes: {
        severity: { DataType: 'String', StringValue: severity },
        pipeline: { DataType: 'String.Array', StringValue: '["load-orders","load-stock"]' },
      },
    }),
  );
const receive = async () => {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
  );
  return Messages;
};

describe('a queue that has subscribed to a topic', () => {
  it('gets its form in an envelope, or as it is with the attributes', async () => {
    const { SubscriptionArn } = await subscribe();
    await publish('error');

    const [wrapped] = await receive();
    expect(JSON.parse(wrapped?.Body ?? '')).toMatchObject({
      ...{ Type: 'Notification', TopicArn, Subject: 'news', Message: '{"step":"Load"}' },
      MessageAttributes: { severity: { Type: 'String', Value: 'error' } },
    });

    const raw = { AttributeName: 'RawMessageDelivery', AttributeValue: 'true' };
    await sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, ...raw }));
    await publish('error');
    expect(await receive()).toMatchObject([
      { Body: '{"step":"Load"}', MessageAttributes: { severity: { StringValue: 'error' } } },
    ]);
  });

  it.each([
    ['severity', '{"severity":["error","warning"]}', ['error', 'warning']],
    ['one of several pipelines', '{"pipeline":["load-stock"]}', ['error', 'info', 'warning']],
    ['another pipeline', '{"pipeline":["load-sales"]}', []],
    ['all but', '{"severity":[{"anything-but":"info"}]}', ['error', 'warning']],
    ['both', '{"severity":["info"],"pipeline":["load-orders"]}', ['info']],
    ['an attribute that is not there', '{"error":[{"exists":false}],"severity":["info"]}', ['info']],
  ])('gets what its filter policy lets pass: %s', async (_, FilterPolicy, severities) => {
    await subscribe({ FilterPolicy, RawMessageDelivery: 'true' });

    for (const severity of ['error', 'info', 'warning']) await publish(severity);

    const got = (await receive()).map(({ MessageAttributes }) => MessageAttributes?.severity?.StringValue);
    expect(got).toEqual(severities);
  });

  it('is filtered by what the body says where that is asked for', async () => {
    await subscribe({ FilterPolicy: '{"step":["Other"]}', FilterPolicyScope: 'MessageBody' });
    await publish('error');
    expect(await receive()).toEqual([]);
  });

  it('is listed with its attributes, subscribes once, and gets nothing once it has unsubscribed', async () => {
    const { SubscriptionArn } = await subscribe({ RawMessageDelivery: 'true' });
    const described = { SubscriptionArn, TopicArn, Protocol: 'sqs', Endpoint };

    expect((await subscribe({ RawMessageDelivery: 'true' })).SubscriptionArn).toBe(SubscriptionArn);
    expect((await sns.send(new ListSubscriptionsCommand({}))).Subscriptions).toMatchObject([described]);
    const ofTopic = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(ofTopic.Subscriptions).toMatchObject([described]);
    const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(Attributes).toMatchObject({ RawMessageDelivery: 'true', Protocol: 'sqs' });

    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    await publish('error');
    expect(await receive()).toEqual([]);
  });

  it.each([
    ['a protocol that nobody here answers', {}, { Protocol: 'email' }, 'only sqs is supported here'],
    ['a queue that is not there', {}, { Endpoint: queueArn('lost') }, 'aws sqs create-queue'],
    ['a filter that is no JSON', { FilterPolicy: '{' }, {}, 'FilterPolicy'],
    ['a filter with an unknown operator', { FilterPolicy: '{"a":[{"like":"x"}]}' }, {}, 'FilterPolicy'],
    ['an unknown scope', { FilterPolicyScope: 'Headers' }, {}, 'FilterPolicyScope'],
    ['neither true nor false', { RawMessageDelivery: 'yes' }, {}, 'Must be true or false'],
    ['an attribute that is not known', { Colour: 'red' }, {}, 'Colour is not supported here'],
    ['a topic that is not there', {}, { TopicArn: snsTopicArn('x') }, 'Topic does not exist'],
  ])('cannot be made with %s', async (_, attributes, others, message) => {
    await expect(subscribe(attributes, others)).rejects.toThrow(message);
  });
});

describe('CreateQueue', () => {
  it('makes a queue once, and refuses another visibility timeout and a name that cannot be', async () => {
    const create = (QueueName: string, Attributes = {}) =>
      sqs.send(new CreateQueueCommand({ QueueName, Attributes }));

    expect(await create('mine')).toMatchObject({ QueueUrl });
    await expect(create('mine', { VisibilityTimeout: '5' })).rejects.toMatchObject({
      name: 'QueueNameExists',
    });
    await expect(create('mine.fifo')).rejects.toThrow('alphanumeric');
  });
});
