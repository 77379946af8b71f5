import type { RequestContext } from '../../contracts.ts';
import {
  attributeBytes,
  checkAttributes,
  type MessageAttributes,
  md5,
  md5OfAttributes,
  selectAttributes,
} from './message-attributes.ts';
import type { MessageQueue, ReceivedMessage } from './message-queue.ts';
import {
  checkGroupId,
  listParameter,
  numberParameter,
  requireMessageBody,
  requireParameter,
  requireSize,
} from './parameters.ts';
import {
  type QueueSpec,
  queueAttributes,
  queueName,
  queueNameExists,
  readSpec,
  visibilityOf,
} from './queue.ts';

/** A queue and its messages. */
export interface Queue {
  readonly spec: QueueSpec;
  readonly messages: MessageQueue;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

interface QueueInput {
  readonly QueueUrl?: string;
}
interface SendInput extends QueueInput {
  readonly MessageBody?: string;
  readonly DelaySeconds?: number | string;
  readonly MessageAttributes?: MessageAttributes;
  readonly MessageGroupId?: string;
}
interface ReceiveInput extends QueueInput {
  readonly MaxNumberOfMessages?: number | string;
  readonly VisibilityTimeout?: number | string;
  readonly WaitTimeSeconds?: number | string;
  readonly AttributeNames?: readonly string[];
  readonly MessageSystemAttributeNames?: readonly string[];
  readonly MessageAttributeNames?: readonly string[];
}

interface CreateInput {
  readonly QueueName?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
}

/** The queues that there are. */
interface QueuePlace {
  readonly queues: readonly Queue[];
  /** By name. @throws AwsError QueueDoesNotExist */
  find(name: string): Queue;
  /** Of the queue with a name. */
  url(name: string): string;
  add(spec: QueueSpec): void;
}

/** The operations of the service. */
export function createQueueOperations({ queues, find, url, add }: QueuePlace) {
  const named = (input: QueueInput) => find(queueName(requireParameter('QueueUrl', input.QueueUrl)));
  return {
    async CreateQueue(input: CreateInput) {
      const spec = readSpec(input);
      const same = queues.find((queue) => queue.spec.name === spec.name);
      if (same === undefined) add(spec);
      else if (visibilityOf(same.spec) !== visibilityOf(spec)) throw queueNameExists(spec.name);
      return { QueueUrl: url(spec.name) };
    },
    SendMessage: async (input: SendInput) => sendMessage(named(input), input),
    ReceiveMessage: async (input: ReceiveInput, { signal }: RequestContext) =>
      receiveMessages(named(input), input, signal),
    async DeleteMessage(input: QueueInput & { readonly ReceiptHandle?: string }) {
      named(input).messages.delete(requireParameter('ReceiptHandle', input.ReceiptHandle));
      return {};
    },
    async GetQueueUrl(input: { readonly QueueName?: string }) {
      return { QueueUrl: url(find(requireParameter('QueueName', input.QueueName)).spec.name) };
    },
    async GetQueueAttributes(input: QueueInput & { readonly AttributeNames?: readonly string[] }) {
      const { spec, messages, createdAt } = named(input);
      return { Attributes: queueAttributes(spec, messages, createdAt, listParameter(input.AttributeNames)) };
    },
    async ListQueues({ QueueNamePrefix = '' }: { readonly QueueNamePrefix?: string }) {
      const names = queues.map(({ spec }) => spec.name).filter((name) => name.startsWith(QueueNamePrefix));
      return { QueueUrls: names.map(url) };
    },
  };
}

function sendMessage({ messages }: Queue, input: SendInput): object {
  const body = requireMessageBody(input.MessageBody);
  const delaySeconds = numberParameter('DelaySeconds', input.DelaySeconds, [0, 900], 0);
  const attributes = input.MessageAttributes ?? {};
  checkAttributes(attributes);
  checkGroupId(input.MessageGroupId);
  requireSize(body, attributeBytes(attributes));
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
