import { AwsError } from '../../aws-error.ts';
import { LOCAL_REGION } from '../../contracts.ts';
import { attributeBytes, type MessageAttributes } from '../sqs/message-attributes.ts';

/** Input of Publish. */
export interface PublishInput {
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

/** The words are those of recorded answers. @throws AwsError InvalidParameterException */
export function requireTopic({ TopicArn, TargetArn }: PublishInput): string {
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
 * The text by protocol; `default` is for all that are not there.
 * @throws AwsError InvalidParameterException, InvalidParameterValueException
 */
export function requireTexts({
  Message,
  MessageStructure,
  MessageAttributes = {},
}: PublishInput): Readonly<Record<string, string>> & { readonly default: string } {
  if (Message === undefined || Message === '') throw invalid('Invalid parameter: Empty message');
  checkMessageAttributes(MessageAttributes);
  if (Buffer.byteLength(Message, 'utf8') + attributeBytes(MessageAttributes) > MAX_MESSAGE_BYTES)
    throw invalid('Invalid parameter: Message too long');
  if (MessageStructure !== 'json') return { default: Message };
  const entries = Object.entries(parseStructure(Message));
  // AWS skips what is no text.
  const texts = Object.fromEntries(entries.filter(([, text]) => typeof text === 'string'));
  if (typeof texts.default === 'string') return { ...texts, default: texts.default };
  throw invalid('Invalid parameter: Message Structure - No default entry in JSON message body');
}

function parseStructure(json: string): object {
  try {
    return Object(JSON.parse(json));
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

/** @throws AwsError InvalidParameterException */
export function requireSubject(subject: string | undefined): void {
  if (subject === undefined) return;
  const isValid = subject.length > 0 && subject.length <= MAX_SUBJECT_LENGTH && !/[\n\r]/.test(subject);
  if (!isValid) throw invalid('Invalid parameter: Subject');
}

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
