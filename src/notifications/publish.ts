import {
  type MessageAttributeValue,
  PublishCommand,
  type PublishCommandInput,
  type SNSClient,
} from '@aws-sdk/client-sns';
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
  const command = new PublishCommand(toPublishInput(topicArn, message));
  const call = { service: 'SNS', operation: `Publish to ${topicArn}` };
  const { MessageId = '' } = await askService(call, () => sns.send(command));
  return MessageId;
}

/** What SNS's Publish takes, from the SDK and from a state machine alike. */
export function toPublishInput(topicArn: string, message: Message): PublishCommandInput {
  const attributes = Object.entries(message.attributes).map(([name, value]) => [name, attributeValue(value)]);
  return {
    TopicArn: topicArn,
    Subject: message.subject,
    MessageStructure: 'json',
    Message: JSON.stringify({ default: message.body, ...message.forms }),
    MessageAttributes: Object.fromEntries(attributes),
  };
}

function attributeValue(value: string | readonly string[]): MessageAttributeValue {
  return typeof value === 'string'
    ? { DataType: 'String', StringValue: value }
    : { DataType: 'String.Array', StringValue: JSON.stringify(value) };
}
