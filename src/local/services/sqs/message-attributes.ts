import { createHash } from 'node:crypto';
import { invalidValue, isAllowedText } from './parameters.ts';

/** A message attribute as clients send and receive it. */
export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, with or without a custom label behind a dot. */
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
}
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

export function md5(content: string | Buffer): string {
  return createHash('md5').update(content).digest('hex');
}

/**
 * The digest over a message's attributes that SDKs compare: by name, each part preceded by its length.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const attribute = attributes[name] as MessageAttribute;
    const isBinary = attribute.DataType.startsWith('Binary');
    const value = isBinary
      ? Buffer.from(attribute.BinaryValue ?? '', 'base64')
      : Buffer.from(attribute.StringValue ?? '', 'utf8');
    return [
      ...sized(Buffer.from(name)),
      ...sized(Buffer.from(attribute.DataType)),
      Buffer.from([isBinary ? 2 : 1]),
      ...sized(value),
    ];
  });
  return md5(Buffer.concat(parts));
}

/** Bytes that attributes add to a message: names, types and values. */
export function attributeBytes(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce((sum, [name, { DataType, StringValue, BinaryValue }]) => {
    const binary = Buffer.from(BinaryValue ?? '', 'base64').length;
    return sum + Buffer.byteLength(`${name}${DataType}${StringValue ?? ''}`) + binary;
  }, 0);
}

/**
 * The attributes a receiver asked for: by name, all that begin with `Prefix` by `Prefix.*`, or all with `All`, `*` or `.*`.
 * `Hel.*` finds `Hello`, too, as recorded of AWS.
 */
export function selectAttributes(
  attributes: MessageAttributes,
  wanted: readonly string[],
): MessageAttributes {
  const isWanted = (name: string) =>
    wanted.some((pattern) => {
      if (pattern === 'All' || pattern === '*') return true;
      return pattern.endsWith('.*') ? name.startsWith(pattern.slice(0, -2)) : name === pattern;
    });
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isWanted(name)));
}

function sized(content: Buffer): readonly Buffer[] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return [length, content];
}

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
