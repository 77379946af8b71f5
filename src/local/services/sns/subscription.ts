import type { CompiledPattern } from '../events/pattern/pattern.ts';
import { compileFilter, type FilterScope } from './filter-policy.ts';
import { invalid } from './publish-request.ts';

/** A queue that gets what is published to a topic. */
export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly queueArn: string;
  readonly settings: SubscriptionSettings;
}

export interface SubscriptionSettings {
  /** As they were given. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Whether the queue gets the text as it is, and not in SNS's envelope. */
  readonly isRaw: boolean;
  readonly filter: CompiledPattern | undefined;
  readonly scope: FilterScope;
}

const KNOWN = ['RawMessageDelivery', 'FilterPolicy', 'FilterPolicyScope'];

/** @throws AwsError InvalidParameterException for attributes that the local SNS does not have, and values that cannot be */
export function readSubscriptionSettings(attributes: Readonly<Record<string, string>>): SubscriptionSettings {
  const unknown = Object.keys(attributes).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined)
    throw invalid(`Invalid parameter: AttributeName: ${unknown} is not supported here`);
  const {
    RawMessageDelivery = 'false',
    FilterPolicy = '',
    FilterPolicyScope = 'MessageAttributes',
  } = attributes;
  if (!/^(?:true|false)$/i.test(RawMessageDelivery))
    throw invalid(
      'Invalid parameter: Attributes Reason: RawMessageDelivery: Invalid value. Must be true or false.',
    );
  if (FilterPolicyScope !== 'MessageAttributes' && FilterPolicyScope !== 'MessageBody')
    throw invalid(`Invalid parameter: FilterPolicyScope: Invalid value [${FilterPolicyScope}].`);
  return {
    attributes,
    isRaw: RawMessageDelivery.toLowerCase() === 'true',
    filter: compileFilter(FilterPolicy),
    scope: FilterPolicyScope,
  };
}

/** What SNS tells of a subscription. */
export function describeSubscription({ arn, topicArn, queueArn }: Subscription, owner: string) {
  return { SubscriptionArn: arn, Owner: owner, Protocol: 'sqs', Endpoint: queueArn, TopicArn: topicArn };
}
