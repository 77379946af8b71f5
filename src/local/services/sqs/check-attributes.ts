import type { MessageAttribute, MessageAttributes } from './message-attributes.ts';
import { invalidValue, isAllowedText } from './parameters.ts';

const MOST_ATTRIBUTES = 10;
/** Bytes of a name, and of a type. */
const LONGEST_NAME = 256;

/** Letters of any script are taken, as recorded of AWS; its documentation speaks of alphanumeric characters. */
const NAME = /^[\p{L}\p{N}_.-]+$/u;
const RESERVED_NAME = /^(?:aws\.|amazon\.|\.)|\.\.|\.$/i;
const TYPE = /^(String|Number|Binary)(?:\..+)?$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Checks the attributes that a message is sent with.
 * @throws AwsError InvalidParameterValueException
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function checkAttributes(attributes: MessageAttributes): void {
  const entries = Object.entries(attributes);
  if (entries.length > MOST_ATTRIBUTES)
    throw invalidValue(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${MOST_ATTRIBUTES}].`,
    );
  for (const [name, attribute] of entries) {
    checkName(name);
    checkValue(name, attribute);
  }
}

function checkName(name: string): void {
  if (Buffer.byteLength(name) > LONGEST_NAME)
    throw invalidValue(`Message (user) attribute names must be shorter than ${LONGEST_NAME} Bytes`);
  if (!NAME.test(name))
    throw invalidValue(
      `The name of the message (user) attribute '${name}' can hold letters, digits, periods, hyphens and underscores only.`,
    );
  if (RESERVED_NAME.test(name))
    throw invalidValue(
      `The name of the message (user) attribute '${name}' is reserved, begins or ends with a period, or has two in succession.`,
    );
}

function checkValue(name: string, attribute: MessageAttribute): void {
  const { DataType: type = '', StringValue: text, BinaryValue: binary } = Object(attribute);
  const kind = TYPE.exec(type)?.[1];
  if (kind === undefined || Buffer.byteLength(type) > LONGEST_NAME)
    throw invalidValue(
      `The type of message (user) attribute '${name}' must be String, Number or Binary, with or without a label behind a period, of at most ${LONGEST_NAME} bytes: '${type}'.`,
    );
  const value = kind === 'Binary' ? binary : text;
  if (typeof value !== 'string' || value === '')
    throw invalidValue(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${kind}'.`,
    );
  if (kind === 'Number' && !NUMBER.test(value))
    throw invalidValue(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  if (kind !== 'Binary' && !isAllowedText(value))
    throw invalidValue(`Invalid characters found in the value of message (user) attribute '${name}'.`);
}
