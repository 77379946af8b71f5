import { AwsError } from '../../aws-error.ts';

/** Largest message in bytes, body and attributes. */
export const MAX_MESSAGE_BYTES = 2 ** 20;

/**
 * A number parameter; in the query protocol it arrives as text.
 * @throws AwsError InvalidParameterValueException
 */
export function numberParameter(
  name: string,
  value: unknown,
  range: readonly [number, number],
  byDefault: number,
): number {
  if (value === undefined) return byDefault;
  const [low, high] = range;
  const number = Number(value);
  if (Number.isInteger(number) && number >= low && number <= high) return number;
  const rule = name === 'WaitTimeSeconds' ? `>= ${low} and <= ${high}` : `between ${low} and ${high}`;
  throw invalidValue(
    `Value ${String(value)} for parameter ${name} is invalid. Reason: Must be ${rule}, if provided.`,
  );
}

/** What AWS says of a parameter whose value cannot be. */
export function invalidValue(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}

/** A list parameter; in the query protocol a list of one may arrive as its element. */
export function listParameter(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [String(value)];
}

/** @throws AwsError MissingRequiredParameterException */
export function requireParameter(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError('MissingRequiredParameterException', `The request must contain the parameter ${name}.`);
}

/** @throws AwsError MissingRequiredParameterException, InvalidMessageContents */
export function requireMessageBody(value: unknown): string {
  const body = requireParameter('MessageBody', value);
  if (isAllowedText(body)) return body;
  throw new AwsError('InvalidMessageContents', 'Invalid characters found in the message body.');
}

/**
 * A text without control characters but tab, line feed and carriage return, and without what is no character.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function isAllowedText(text: string): boolean {
  return /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u.test(text);
}

/** @throws AwsError InvalidParameterValueException for a message that is too large with its attributes */
export function requireSize(body: string, attributeBytes: number): void {
  if (Buffer.byteLength(body, 'utf8') + attributeBytes <= MAX_MESSAGE_BYTES) return;
  throw invalidValue(
    `One or more parameters are invalid. Reason: Message must be shorter than ${MAX_MESSAGE_BYTES} bytes.`,
  );
}

/** @throws AwsError InvalidParameterValueException */
export function checkGroupId(value: unknown): void {
  if (value === undefined || /^[\x21-\x7e]{1,128}$/.test(String(value))) return;
  throw invalidValue(
    `Value ${String(value)} for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}
