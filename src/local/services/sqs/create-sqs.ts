import type { Clock } from '../../../clock.ts';
import type { PeekedMessage, PeekedQueue, SendToQueue, Service } from '../../contracts.ts';
import { supportTable } from '../../support-table.ts';
import type { MessageAttributes } from './message-attributes.ts';
import { createMessageQueue, type QueuedMessage } from './message-queue.ts';
import { type QueueSpec, queueArn, queueDoesNotExist, queueName, queueUrl } from './queue.ts';
import { createQueueOperations, type Queue } from './queue-operations.ts';

export interface SqsOptions {
  readonly queues: readonly QueueSpec[];
  readonly clock: Clock;
  /** The endpoint's address, which the queues' URLs carry. */
  readonly endpointUrl: () => string;
}

/** The local SQS: standard queues, those of the stack and those that a client has made. */
export interface Sqs {
  readonly service: Service;
  /** Puts a message on a queue from inside the stack; attributes are of type String. */
  readonly send: SendToQueue;
  /** Whether there is a queue with an ARN. */
  has(arn: string): boolean;
  /** Puts a message on a queue, its attributes as they are. @throws AwsError QueueDoesNotExist */
  deliver(arn: string, body: string, attributes: MessageAttributes): void;
  /** What the queues hold now; nothing is received by that. */
  peek(): readonly PeekedQueue[];
}

/** @see Sqs */
export function createSqsService({ queues: specs, clock, endpointUrl }: SqsOptions): Sqs {
  const open = (spec: QueueSpec): Queue => ({
    spec,
    createdAt: clock.now(),
    messages: createMessageQueue(clock),
  });
  const queues = specs.map(open);
  const find = (name: string): Queue => {
    const queue = queues.find(({ spec }) => spec.name === name);
    if (queue) return queue;
    throw queueDoesNotExist();
  };
  return {
    service: {
      name: 'sqs',
      json: { targetPrefix: 'AmazonSQS', version: '1.0' },
      query: QUERY_BINDING,
      operations: createQueueOperations({
        queues,
        find,
        url: (name) => queueUrl(endpointUrl(), name),
        add: (spec) => void queues.push(open(spec)),
      }),
    },
    async send(arn, body, attributes = {}) {
      const typed = Object.entries(attributes).map(([name, StringValue]) => [
        name,
        { DataType: 'String', StringValue },
      ]);
      find(queueName(arn)).messages.send(body, Object.fromEntries(typed), 0);
    },
    has: (arn) => queues.some(({ spec }) => queueArn(spec.name) === arn),
    deliver: (arn, body, attributes) => void find(queueName(arn)).messages.send(body, attributes, 0),
    peek: () =>
      queues.map(({ spec, messages }) => ({ name: spec.name, messages: messages.peek().map(peekMessage) })),
  };
}

function peekMessage({ id, body, attributes, sentAt, receiveCount }: QueuedMessage): PeekedMessage {
  const values = Object.entries(attributes).map(([name, { StringValue, BinaryValue }]) => [
    name,
    StringValue ?? BinaryValue ?? '',
  ]);
  return { id, body, attributes: Object.fromEntries(values), sentAt, receiveCount };
}

/** `QueueUrls` is not in the list: its item has the name of an input parameter. */
const QUERY_BINDING = {
  namespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
  version: '2012-11-05',
  flattened: {
    Messages: 'Message',
    Attributes: 'Attribute',
    MessageAttributes: 'MessageAttribute',
    AttributeNames: 'AttributeName',
    MessageAttributeNames: 'MessageAttributeName',
  },
  errorCodes: {
    InvalidParameterValueException: 'InvalidParameterValue',
    MissingRequiredParameterException: 'MissingParameter',
    QueueNameExists: 'QueueAlreadyExists',
    QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
    UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
  },
};

/** What the local SQS does. */
export const SQS_SUPPORT = supportTable(`
  CreateQueue | | partial | A standard queue. VisibilityTimeout counts, other attributes are accepted and forgotten.
  SendMessage | | supported | Up to 1 MiB, with attributes, digests and a delay.
  SendMessage | MessageSystemAttributes | partial | Accepted and forgotten.
  SendMessage | MessageGroupId | partial | Checked and forgotten: all queues are standard queues.
  ReceiveMessage | | supported | Long poll and visibility timeout; always in order.
  DeleteMessage | | supported | Every receipt handle of a message deletes it, the older ones too.
  GetQueueUrl | | supported |
  GetQueueAttributes | | partial | Counts and settings of a standard queue; no policy.
  ListQueues | | partial | By prefix, on one page.
`);
