import { AwsError } from '../../aws-error.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../../contracts.ts';
import type { MessageQueue } from './message-queue.ts';
import { invalidValue, MAX_MESSAGE_BYTES, numberParameter, requireParameter } from './parameters.ts';

/** A standard queue of the local stack. */
export interface QueueSpec {
  readonly name: string;
  /** Seconds a received message stays hidden. @default 30 */
  readonly visibilityTimeoutSeconds?: number;
}

export function queueArn(name: string): string {
  return `arn:aws:sqs:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${name}`;
}

/** SDKs send a queue's requests to the host of its URL, so it is the endpoint's own. */
export function queueUrl(endpointUrl: string, name: string): string {
  return `${endpointUrl.replace(/\/$/, '')}/${LOCAL_ACCOUNT}/${name}`;
}

/** The queue's name in a URL or ARN. The host does not count: a client may reach the endpoint by several names. */
export function queueName(urlOrArn: string): string {
  return urlOrArn.startsWith('arn:')
    ? (urlOrArn.split(':').at(-1) ?? '')
    : (urlOrArn.split('/').at(-1) ?? '');
}

/** @throws AwsError InvalidParameterValueException for a name that a standard queue cannot have */
export function readSpec({
  QueueName,
  Attributes = {},
}: {
  readonly QueueName?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
}): QueueSpec {
  const name = requireParameter('QueueName', QueueName);
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name))
    throw invalidValue(
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  const { VisibilityTimeout } = Attributes;
  if (VisibilityTimeout === undefined) return { name };
  return {
    name,
    visibilityTimeoutSeconds: numberParameter('VisibilityTimeout', VisibilityTimeout, [0, 43_200], 30),
  };
}

export function visibilityOf({ visibilityTimeoutSeconds = 30 }: QueueSpec): number {
  return visibilityTimeoutSeconds;
}

export function queueNameExists(name: string): AwsError {
  return new AwsError(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute VisibilityTimeout: ${name}`,
  );
}

export function queueDoesNotExist(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

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
    VisibilityTimeout: String(visibilityOf(spec)),
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
