import type { Clock } from '../../../clock.ts';
import type { RequestContext, Service } from '../../contracts.ts';
import { type MessageAttributes, md5, md5OfAttributes, selectAttributes } from './message-attributes.ts';
import { createMessageQueue, type MessageQueue, type ReceivedMessage } from './message-queue.ts';
import { listParameter, numberParameter, requireMessageBody, requireParameter } from './parameters.ts';
import { queueAttributes } from './queue-attributes.ts';
import { type QueueSpec, queueDoesNotExist, queueName, queueUrl } from './queue-identity.ts';

export interface SqsOptions {
  readonly queues: readonly QueueSpec[];
  readonly clock: Clock;
  /** The endpoint's address, which the queues' URLs carry. */
  readonly endpointUrl: () => string;
}

/** The local SQS: a fixed set of standard queues. */
export interface Sqs {
  readonly service: Service;
  /** Puts a message on a queue from inside the stack; attributes are of type String. @throws AwsError QueueDoesNotExist */
  send(queueArn: string, body: string, attributes?: Readonly<Record<string, string>>): Promise<void>;
}

interface Queue {
  readonly spec: QueueSpec;
  readonly messages: MessageQueue;
}

/** @see Sqs */
export function createSqs(options: SqsOptions): Sqs {
  const createdAt = options.clock.now();
  const queues = new Map<string, Queue>();
  for (const spec of options.queues)
    queues.set(spec.name, { spec, messages: createMessageQueue(options.clock) });

  const find = (urlOrArn: string): Queue => {
    const queue = queues.get(queueName(urlOrArn));
    if (queue) return queue;
    throw queueDoesNotExist();
  };
  const findByUrl = (input: QueueInput) => find(requireParameter('QueueUrl', input.QueueUrl));
  const url = (name: string) => queueUrl(options.endpointUrl(), name);

  return {
    service: {
      name: 'sqs',
      json: { targetPrefix: 'AmazonSQS', version: '1.0' },
      query: QUERY_BINDING,
      operations: {
        SendMessage: async (input: SendInput) => sendMessage(findByUrl(input), input),
        ReceiveMessage: async (input: ReceiveInput, { signal }: RequestContext) =>
          receiveMessages(findByUrl(input), input, signal),
        async DeleteMessage(input: QueueInput & { readonly ReceiptHandle?: string }) {
          findByUrl(input).messages.delete(requireParameter('ReceiptHandle', input.ReceiptHandle));
          return {};
        },
        async GetQueueUrl(input: { readonly QueueName?: string }) {
          return { QueueUrl: url(find(requireParameter('QueueName', input.QueueName)).spec.name) };
        },
        async GetQueueAttributes(input: QueueInput & { readonly AttributeNames?: readonly string[] }) {
          const { spec, messages } = findByUrl(input);
          return {
            Attributes: queueAttributes(spec, messages, createdAt, listParameter(input.AttributeNames)),
          };
        },
        async ListQueues(input: { readonly QueueNamePrefix?: string }) {
          const names = [...queues.keys()].filter((name) => name.startsWith(input.QueueNamePrefix ?? ''));
          return { QueueUrls: names.map(url) };
        },
      },
    },
    async send(arn, body, attributes = {}) {
      const typed = Object.entries(attributes).map(([name, StringValue]) => [
        name,
        { DataType: 'String', StringValue },
      ]);
      find(arn).messages.send(body, Object.fromEntries(typed), 0);
    },
  };
}

interface QueueInput {
  readonly QueueUrl?: string;
}
interface SendInput extends QueueInput {
  readonly MessageBody?: string;
  readonly DelaySeconds?: number | string;
  readonly MessageAttributes?: MessageAttributes;
}
interface ReceiveInput extends QueueInput {
  readonly MaxNumberOfMessages?: number | string;
  readonly VisibilityTimeout?: number | string;
  readonly WaitTimeSeconds?: number | string;
  readonly AttributeNames?: readonly string[];
  readonly MessageSystemAttributeNames?: readonly string[];
  readonly MessageAttributeNames?: readonly string[];
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
    QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
    UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
  },
};

function sendMessage({ messages }: Queue, input: SendInput): object {
  const body = requireMessageBody(input.MessageBody);
  const delaySeconds = numberParameter('DelaySeconds', input.DelaySeconds, [0, 900], 0);
  const attributes = input.MessageAttributes ?? {};
  const { id } = messages.send(body, attributes, delaySeconds);
  const digest = md5OfAttributes(attributes);
  const answer = { MD5OfMessageBody: md5(body), MessageId: id };
  return digest === undefined ? answer : { ...answer, MD5OfMessageAttributes: digest };
}

async function receiveMessages(
  { spec, messages }: Queue,
  input: ReceiveInput,
  signal: AbortSignal,
): Promise<object> {
  const hiddenByDefault = spec.visibilityTimeoutSeconds ?? 30;
  const received = await messages.receive({
    maxMessages: numberParameter('MaxNumberOfMessages', input.MaxNumberOfMessages, [1, 10], 1),
    visibilitySeconds: numberParameter(
      'VisibilityTimeout',
      input.VisibilityTimeout,
      [0, 43_200],
      hiddenByDefault,
    ),
    waitSeconds: numberParameter('WaitTimeSeconds', input.WaitTimeSeconds, [0, 20], 0),
    signal,
  });
  return received.length === 0 ? {} : { Messages: received.map((one) => describeMessage(one, input)) };
}

function describeMessage({ message, receiptHandle }: ReceivedMessage, input: ReceiveInput): object {
  const system: Readonly<Record<string, string>> = {
    SenderId: 'local',
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  };
  const asked = [...listParameter(input.AttributeNames), ...listParameter(input.MessageSystemAttributeNames)];
  const shown = Object.entries(system).filter(([name]) => asked.includes('All') || asked.includes(name));
  const attributes = selectAttributes(message.attributes, listParameter(input.MessageAttributeNames));
  const digest = md5OfAttributes(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(shown.length > 0 ? { Attributes: Object.fromEntries(shown) } : {}),
    ...(digest === undefined ? {} : { MD5OfMessageAttributes: digest, MessageAttributes: attributes }),
  };
}
