import { randomUUID } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION, type Service } from '../../contracts.ts';

/** A message that was published to a topic. */
export interface Notification {
  readonly topicArn: string;
  readonly messageId: string;
  readonly subject: string | undefined;
  readonly message: string;
}

export interface SnsOptions {
  /** Names of the topics. */
  readonly topics: readonly string[];
  readonly onNotification: (notification: Notification) => void;
}

/** Input of Publish. */
interface PublishInput {
  readonly TopicArn?: string;
  readonly TargetArn?: string;
  readonly Message?: string;
  readonly Subject?: string;
  readonly MessageStructure?: string;
}

const MAX_MESSAGE_BYTES = 256 * 1024;
const MAX_SUBJECT_LENGTH = 100;

function topicArn(name: string): string {
  return `arn:aws:sns:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${name}`;
}

/** The local SNS: fixed topics, whose messages are handed to the stack in place of subscribers. */
export function createSns(options: SnsOptions): { readonly service: Service } {
  const topics = options.topics.map(topicArn);
  const publish = async (input: PublishInput) => {
    const target = input.TopicArn ?? input.TargetArn ?? '';
    if (target === '')
      throw invalid('Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter');
    const message = requireMessage(input);
    requireSubject(input.Subject);
    const name = target.split(':').at(-1) ?? '';
    if (!topics.includes(topicArn(name)))
      throw new AwsError('NotFoundException', 'Topic does not exist', 404);
    const messageId = randomUUID();
    options.onNotification({ topicArn: topicArn(name), messageId, subject: input.Subject, message });
    return { MessageId: messageId };
  };
  return {
    service: {
      name: 'sns',
      query: {
        namespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
        version: '2010-03-31',
        errorCodes: { NotFoundException: 'NotFound', InvalidParameterException: 'InvalidParameter' },
      },
      operations: {
        Publish: publish,
        ListTopics: async () => ({ Topics: topics.map((TopicArn) => ({ TopicArn })) }),
      },
    },
  };
}

/** The text that subscribers without a protocol of their own get. @throws AwsError InvalidParameterException */
function requireMessage({ Message, MessageStructure }: PublishInput): string {
  if (Message === undefined || Message === '') throw invalid('Invalid parameter: Empty message');
  if (Buffer.byteLength(Message, 'utf8') > MAX_MESSAGE_BYTES)
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

function requireSubject(subject: string | undefined): void {
  if (subject === undefined) return;
  const isValid = subject.length > 0 && subject.length <= MAX_SUBJECT_LENGTH && !/[\n\r]/.test(subject);
  if (!isValid) throw invalid('Invalid parameter: Subject');
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
