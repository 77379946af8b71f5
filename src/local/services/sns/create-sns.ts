import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../../../clock.ts';
import { AwsError } from '../../aws-error.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION, type Service } from '../../contracts.ts';
import { supportTable } from '../../support-table.ts';
import type { MessageAttributes } from '../sqs/message-attributes.ts';
import { passesFilter } from './filter-policy.ts';
import { type PublishInput, requireSubject, requireTexts, requireTopic } from './publish-request.ts';
import type { Subscription } from './subscription.ts';
import { createSubscriptionOperations } from './subscription-operations.ts';

/** A message that was published to a topic. */
export interface PublishedMessage {
  readonly topicArn: string;
  readonly messageId: string;
  readonly subject: string | undefined;
  /** For subscribers whose protocol has no text of its own. */
  readonly message: string;
  /** Texts of protocols that have one. */
  readonly forms: Readonly<Record<string, string>>;
}

/** The queues that can subscribe. */
export interface SubscribableQueues {
  has(queueArn: string): boolean;
  /** @throws AwsError QueueDoesNotExist */
  deliver(queueArn: string, body: string, attributes: MessageAttributes): void;
}

export interface SnsOptions {
  /** Names of the topics. */
  readonly topics: readonly string[];
  readonly onNotification: (notification: PublishedMessage) => void;
  /** @default there are none */
  readonly queues?: SubscribableQueues;
  /** @default the system's clock */
  readonly clock?: Clock;
}

const NO_QUEUES: SubscribableQueues = { has: () => false, deliver: () => undefined };

/** The local SNS: fixed topics. What is published goes to the stack, which shows it, and to the queues that have subscribed. */
export function createSnsService(options: SnsOptions) {
  const { queues = NO_QUEUES, clock = systemClock } = options;
  const topics = options.topics.map(snsTopicArn);
  const subscriptions = new Map<string, Subscription>();
  const publish = async (input: PublishInput) => {
    const topicArn = requireTopic(input);
    const { default: message, ...forms } = requireTexts(input);
    requireSubject(input.Subject);
    if (!topics.includes(topicArn)) throw new AwsError('NotFoundException', 'Topic does not exist', 404);
    const published = { topicArn, messageId: randomUUID(), subject: input.Subject, message, forms };
    for (const subscription of subscriptions.values())
      deliver(queues, subscription, published, input.MessageAttributes ?? {}, clock.now());
    options.onNotification(published);
    return { MessageId: published.messageId };
  };
  const service: Service = {
    name: 'sns',
    query: QUERY_BINDING,
    operations: {
      Publish: publish,
      ListTopics: async () => ({ Topics: topics.map((TopicArn) => ({ TopicArn })) }),
      ...createSubscriptionOperations({ topics, subscriptions, hasQueue: queues.has }),
    },
  };
  return { service, publish };
}

const QUERY_BINDING = {
  namespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
  version: '2010-03-31',
  maps: ['Attributes'],
  errorCodes: {
    NotFoundException: 'NotFound',
    InvalidParameterException: 'InvalidParameter',
    InvalidParameterValueException: 'ParameterValueInvalid',
  },
};

/** Gives a queue its form of a message, if its filter lets it pass. */
function deliver(
  queues: SubscribableQueues,
  { topicArn, queueArn, settings }: Subscription,
  { messageId, subject, message, forms, topicArn: publishedTo }: PublishedMessage,
  attributes: MessageAttributes,
  now: number,
): void {
  const text = forms.sqs ?? message;
  const { isRaw, filter, scope } = settings;
  if (publishedTo !== topicArn || !passesFilter(filter, scope, { attributes, text })) return;
  if (isRaw) {
    queues.deliver(queueArn, text, attributes);
    return;
  }
  const values = Object.entries(attributes).map(([name, { DataType: Type, StringValue, BinaryValue }]) => [
    name,
    { Type, Value: StringValue ?? BinaryValue },
  ]);
  const envelope = {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topicArn,
    Subject: subject,
    Message: text,
    Timestamp: new Date(now).toISOString(),
    MessageAttributes: values.length === 0 ? undefined : Object.fromEntries(values),
  };
  queues.deliver(queueArn, JSON.stringify(envelope), {});
}

/** ARN of a topic of the local SNS. */
export function snsTopicArn(name: string): string {
  return `arn:aws:sns:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${name}`;
}

/** What the local SNS does. */
export const SNS_SUPPORT = supportTable(`
  Publish | | partial | To the fixed topics. The stack shows every form; queues that have subscribed get theirs.
  Publish | TargetArn | supported |
  Publish | Subject | supported |
  Publish | MessageStructure | supported |
  Publish | MessageAttributes | supported | For filter policies, and on messages in queues.
  Publish | PhoneNumber | refused | There is no text messaging.
  ListTopics | | supported |
  Subscribe | | partial | Queues only, and at once: no confirmation, no policy of the queue. The queue must exist.
  Subscribe | RawMessageDelivery | supported | Without it, the envelope has no signature.
  Subscribe | FilterPolicy | supported | By attributes, or by the body where FilterPolicyScope says so; its operators are those of event patterns.
  Unsubscribe | | supported |
  ListSubscriptions | | partial | On one page.
  ListSubscriptionsByTopic | | partial | On one page.
  GetSubscriptionAttributes | | partial | What was set, and whose it is.
  SetSubscriptionAttributes | | supported | RawMessageDelivery, FilterPolicy, FilterPolicyScope.
`);
