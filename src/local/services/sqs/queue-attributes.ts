import { AwsError } from '../../aws-error.ts';
import type { MessageQueue } from './message-queue.ts';
import { MAX_MESSAGE_BYTES } from './parameters.ts';
import { type QueueSpec, queueArn } from './queue-identity.ts';

/**
 * A queue's attributes, those asked for or `All`.
 * @throws AwsError InvalidAttributeName
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 */
export function queueAttributes(
  spec: QueueSpec,
  queue: MessageQueue,
  createdAt: number,
  wanted: readonly string[],
): Readonly<Record<string, string>> {
  const { visible, hidden, delayed } = queue.counts();
  const seconds = String(Math.floor(createdAt / 1000));
  const all: Readonly<Record<string, string>> = {
    QueueArn: queueArn(spec.name),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: seconds,
    LastModifiedTimestamp: seconds,
    VisibilityTimeout: String(spec.visibilityTimeoutSeconds ?? 30),
    MaximumMessageSize: String(MAX_MESSAGE_BYTES),
    MessageRetentionPeriod: '1209600',
    DelaySeconds: '0',
    ReceiveMessageWaitTimeSeconds: '0',
    SqsManagedSseEnabled: 'true',
  };
  if (wanted.includes('All')) return all;
  const unknown = wanted.find((name) => !Object.hasOwn(all, name));
  if (unknown !== undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  return Object.fromEntries(wanted.map((name) => [name, all[name] ?? '']));
}
