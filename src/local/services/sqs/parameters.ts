import { AwsError } from '../../aws-error.ts';

/** Largest message in bytes, body and attributes. */
export const MAX_MESSAGE_BYTES = 2 ** 20;

/**
 * A number parameter; in the query protocol it arrives as text.
 * @throws AwsError InvalidParameterValue
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
  const message = `Value ${String(value)} for parameter ${name} is invalid. Reason: Must be between ${low} and ${high}, if provided.`;
  throw new AwsError('InvalidParameterValue', message);
}

/** A list parameter; in the query protocol a list of one may arrive as its element. */
export function listParameter(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [String(value)];
}

/** @throws AwsError MissingParameter */
export function requireParameter(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError('MissingParameter', `The request must contain the parameter ${name}.`);
}

/** @throws AwsError MissingParameter, InvalidParameterValue, InvalidMessageContents */
export function requireMessageBody(value: unknown): string {
  const body = requireParameter('MessageBody', value);
  if (Buffer.byteLength(body, 'utf8') > MAX_MESSAGE_BYTES) {
    const message = `One or more parameters are invalid. Reason: Message must be shorter than ${MAX_MESSAGE_BYTES} bytes.`;
    throw new AwsError('InvalidParameterValue', message);
  }
  if (!/^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u.test(body)) {
    throw new AwsError('InvalidMessageContents', 'Invalid characters found in the message body.');
  }
  return body;
}
