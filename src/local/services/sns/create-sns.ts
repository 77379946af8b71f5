import { randomUUID } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION, type Service } from '../../contracts.ts';
import { supportTable } from '../../support-table.ts';
import { attributeBytes, type MessageAttributes } from '../sqs/message-attributes.ts';

/** A message that was published to a topic. */
export interface PublishedMessage {
  readonly topicArn: string;
  readonly messageId: string;
  readonly subject: string | undefined;
  readonly message: string;
}

export interface SnsOptions {
  /** Names of the topics. */
  readonly topics: readonly string[];
  readonly onNotification: (notification: PublishedMessage) => void;
}

/** Input of Publish. */
interface PublishInput {
  readonly TopicArn?: string;
  readonly TargetArn?: string;
  readonly Message?: string;
  readonly Subject?: string;
  readonly MessageStructure?: string;
  readonly MessageAttributes?: MessageAttributes;
}

/** `arn:partition:service:region:account:name`. */
const ARN_ELEMENTS = 6;

const MAX_MESSAGE_BYTES = 256 * 1024;
const MAX_SUBJECT_LENGTH = 100;

/** The local SNS: fixed topics, whose messages are handed to the stack in place of subscribers. */
export function createSnsService(options: SnsOptions): { readonly service: Service } {
  const topics = options.topics.map(snsTopicArn);
  const publish = async (input: PublishInput) => {
    const topic = requireTopic(input);
    const message = requireMessage(input);
    requireSubject(input.Subject);
    if (!topics.includes(topic)) throw new AwsError('NotFoundException', 'Topic does not exist', 404);
    const messageId = randomUUID();
    options.onNotification({ topicArn: topic, messageId, subject: input.Subject, message });
    return { MessageId: messageId };
  };
  return {
    service: {
      name: 'sns',
      query: {
        namespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
        version: '2010-03-31',
        errorCodes: {
          NotFoundException: 'NotFound',
          InvalidParameterException: 'InvalidParameter',
          InvalidParameterValueException: 'ParameterValueInvalid',
        },
      },
      operations: {
        Publish: publish,
        ListTopics: async () => ({ Topics: topics.map((TopicArn) => ({ TopicArn })) }),
      },
    },
  };
}

/** The words are those of recorded answers. @throws AwsError InvalidParameterException */
function requireTopic({ TopicArn, TargetArn }: PublishInput): string {
  const target = TopicArn ?? TargetArn;
  if (target === undefined)
    throw invalid('Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter');
  const member = TopicArn === undefined ? 'TargetArn' : 'TopicArn';
  const elements = target.split(':');
  if (elements.length < ARN_ELEMENTS)
    throw invalid(
      `Invalid parameter: ${member} Reason: An ARN must have at least ${ARN_ELEMENTS} elements, not ${elements.length}`,
    );
  const [arn, , service, region] = elements;
  if (arn !== 'arn' || service !== 'sns' || region !== LOCAL_REGION)
    throw invalid(`Invalid parameter: ${member}`);
  return target;
}

/**
 * The text that subscribers without a protocol of their own get.
 * @throws AwsError InvalidParameterException, InvalidParameterValueException
 */
function requireMessage({ Message, MessageStructure, MessageAttributes = {} }: PublishInput): string {
  if (Message === undefined || Message === '') throw invalid('Invalid parameter: Empty message');
  checkMessageAttributes(MessageAttributes);
  if (Buffer.byteLength(Message, 'utf8') + attributeBytes(MessageAttributes) > MAX_MESSAGE_BYTES)
    throw invalid('Invalid parameter: Message too long');
  if (MessageStructure !== 'json') return Message;
  const text = defaultEntry(Message);
  if (typeof text === 'string') return text;
  throw invalid('Invalid parameter: Message Structure - No default entry in JSON message body');
}

function defaultEntry(json: string): unknown {
  try {
    return Reflect.get(Object(JSON.parse(json)), 'default');
  } catch {
    throw invalid('Invalid parameter: Message Structure - JSON message body failed to parse');
  }
}

/** @throws AwsError InvalidParameterValueException */
function checkMessageAttributes(attributes: MessageAttributes): void {
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    if (!/^(?:String|Number|Binary)(?:\.|$)/.test(DataType ?? ''))
      throw new AwsError(
        'InvalidParameterValueException',
        `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
      );
    if (DataType.startsWith('Binary') ? BinaryValue : StringValue) continue;
    throw new AwsError(
      'InvalidParameterValueException',
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  }
}

function requireSubject(subject: string | undefined): void {
  if (subject === undefined) return;
  const isValid = subject.length > 0 && subject.length <= MAX_SUBJECT_LENGTH && !/[\n\r]/.test(subject);
  if (!isValid) throw invalid('Invalid parameter: Subject');
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

/** ARN of a topic of the local SNS. */
export function snsTopicArn(name: string): string {
  return `arn:aws:sns:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${name}`;
}

/** What the local SNS does. */
export const SNS_SUPPORT = supportTable(`
  Publish | | partial | To the fixed topics; the stack is the only subscriber.
  Publish | TargetArn | supported |
  Publish | Subject | supported |
  Publish | MessageStructure | partial | The default text is delivered.
  Publish | MessageAttributes | partial | Checked and counted, not delivered.
  Publish | PhoneNumber | refused | There is no text messaging.
  ListTopics | | supported |
`);
