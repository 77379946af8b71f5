import { randomUUID } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import { LOCAL_ACCOUNT } from '../../contracts.ts';
import { invalid } from './publish-request.ts';
import { describeSubscription, readSubscriptionSettings, type Subscription } from './subscription.ts';

interface SubscribeInput {
  readonly TopicArn?: string;
  readonly Protocol?: string;
  readonly Endpoint?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
}
interface SubscriptionInput {
  readonly SubscriptionArn?: string;
}
interface SetInput extends SubscriptionInput {
  readonly AttributeName?: string;
  readonly AttributeValue?: string;
}

export interface SubscriptionPlace {
  readonly topics: readonly string[];
  readonly subscriptions: Map<string, Subscription>;
  hasQueue(queueArn: string): boolean;
}

/** What a person does with subscriptions. Only queues can subscribe: there is nobody to send a letter to. */
export function createSubscriptionOperations({ topics, subscriptions, hasQueue }: SubscriptionPlace) {
  const find = ({ SubscriptionArn = '' }: SubscriptionInput) => {
    const subscription = subscriptions.get(SubscriptionArn);
    if (subscription) return subscription;
    throw new AwsError('NotFoundException', 'Subscription does not exist', 404);
  };
  const list = (topicArn?: string) => ({
    Subscriptions: [...subscriptions.values()]
      .filter((subscription) => topicArn === undefined || subscription.topicArn === topicArn)
      .map((subscription) => describeSubscription(subscription, LOCAL_ACCOUNT)),
  });
  return {
    async Subscribe(input: SubscribeInput) {
      const { TopicArn: topicArn = '', Protocol, Endpoint: queueArn = '', Attributes = {} } = input;
      if (!topics.includes(topicArn)) throw new AwsError('NotFoundException', 'Topic does not exist', 404);
      if (Protocol !== 'sqs')
        throw invalid(
          `Invalid parameter: Protocol: only sqs is supported here, not ${Protocol}. The console shows what the others get.`,
        );
      if (!hasQueue(queueArn))
        throw invalid(
          `Invalid parameter: Endpoint: there is no queue ${queueArn}: aws sqs create-queue makes one`,
        );
      const settings = readSubscriptionSettings(Attributes);
      const same = [...subscriptions.values()].find(
        (other) => other.topicArn === topicArn && other.queueArn === queueArn,
      );
      if (same && JSON.stringify(same.settings.attributes) !== JSON.stringify(Attributes))
        throw invalid(
          'Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
        );
      const arn = same?.arn ?? `${topicArn}:${randomUUID()}`;
      subscriptions.set(arn, { arn, topicArn, queueArn, settings });
      return { SubscriptionArn: arn };
    },
    async Unsubscribe(input: SubscriptionInput) {
      // AWS does not mind one that is gone.
      subscriptions.delete(input.SubscriptionArn ?? '');
      return {};
    },
    ListSubscriptions: async () => list(),
    ListSubscriptionsByTopic: async ({ TopicArn = '' }: { readonly TopicArn?: string }) => list(TopicArn),
    async GetSubscriptionAttributes(input: SubscriptionInput) {
      const subscription = find(input);
      return {
        Attributes: {
          ...describeSubscription(subscription, LOCAL_ACCOUNT),
          ...subscription.settings.attributes,
        },
      };
    },
    async SetSubscriptionAttributes({ AttributeName = '', AttributeValue = '', ...input }: SetInput) {
      const subscription = find(input);
      const attributes = { ...subscription.settings.attributes, [AttributeName]: AttributeValue };
      subscriptions.set(subscription.arn, {
        ...subscription,
        settings: readSubscriptionSettings(attributes),
      });
      return {};
    },
  };
}
