import { createHash } from 'node:crypto';

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
