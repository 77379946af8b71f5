import { type MessageAttributeValue, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { askService } from '../aws-errors/ask-service.ts';
import type { Message } from './message.ts';

/** Anything that sends SNS commands: the SDK's client, or a stand-in with the same `send`. */
export type Sns = Pick<SNSClient, 'send'>;

/**
 * Publishes a message once, in all its forms: SNS gives each subscriber the one of its protocol, and the prose to those without one.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 * @returns the message's ID
 * @throws ServiceUnavailable when SNS does not answer; InvalidConfig when it refuses the topic, or the function's
 * permission
 */
export async function publish(sns: Sns, topicArn: string, message: Message): Promise<string> {
  const attributes = Object.entries(message.attributes).map(([name, value]) => [name, attributeValue(value)]);
  const command = new PublishCommand({
    TopicArn: topicArn,
    Subject: message.subject,
    MessageStructure: 'json',
    Message: JSON.stringify({ default: message.body, ...message.forms }),
    MessageAttributes: Object.fromEntries(attributes),
  });
  const call = { service: 'SNS', operation: `Publish to ${topicArn}` };
  const { MessageId = '' } = await askService(call, () => sns.send(command));
  return MessageId;
}

function attributeValue(value: string | readonly string[]): MessageAttributeValue {
  return typeof value === 'string'
    ? { DataType: 'String', StringValue: value }
    : { DataType: 'String.Array', StringValue: JSON.stringify(value) };
}
