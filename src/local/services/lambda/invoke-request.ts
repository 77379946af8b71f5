import { AwsError } from '../../aws-error.ts';

/** Input of Invoke as the endpoint takes it from path, query, headers and body. */
export interface InvokeInput {
  readonly FunctionName: string;
  /** @default 'RequestResponse' */
  readonly InvocationType?: string;
  /** `None` or `Tail`. @default 'None' */
  readonly LogType?: string;
  /** Base64 of a JSON object. */
  readonly ClientContext?: string;
  readonly Qualifier?: string;
  /** The event as JSON text; an empty body is an empty event. */
  readonly Payload?: string;
}
export interface InvokeOutput {
  readonly StatusCode: number;
  readonly FunctionError?: string;
  readonly ExecutedVersion?: string;
  readonly LogResult?: string;
  readonly Payload: string;
}

/** Largest event in bytes. */
const MAX_SYNC_PAYLOAD = 6 * 2 ** 20;
const MAX_ASYNC_PAYLOAD = 2 ** 20;

const INVOCATION_TYPES = ['RequestResponse', 'Event', 'DryRun'];
const LOG_TYPES = ['None', 'Tail'];

/**
 * Checks what a caller sent and gives back the event as JSON text.
 * @throws AwsError RequestTooLargeException, InvalidRequestContentException, ValidationException
 */
export function validateInvoke(input: InvokeInput): string {
  requireOneOf('invocationType', input.InvocationType, INVOCATION_TYPES);
  requireOneOf('logType', input.LogType, LOG_TYPES);
  const payload = input.Payload === undefined || input.Payload === '' ? '{}' : input.Payload;
  requireSize(payload, input.InvocationType === 'Event' ? MAX_ASYNC_PAYLOAD : MAX_SYNC_PAYLOAD);
  requireJson(payload);
  return payload;
}

/** The client context as JSON text. @throws AwsError InvalidRequestContentException */
export function decodeClientContext(base64: string): string {
  const text = Buffer.from(base64, 'base64').toString('utf8');
  requireJson(text);
  return text;
}

function requireOneOf(field: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return;
  const message = `1 validation error detected: Value '${value}' at '${field}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(', ')}]`;
  throw new AwsError('ValidationException', message);
}

function requireSize(payload: string, limit: number): void {
  const size = Buffer.byteLength(payload, 'utf8');
  if (size <= limit) return;
  const message = `${size} byte payload is too large for the ${limit} byte limit of this invocation type`;
  throw new AwsError('RequestTooLargeException', message, 413);
}

function requireJson(text: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    const message = `Could not parse request body into json: ${(error as Error).message}`;
    throw new AwsError('InvalidRequestContentException', message);
  }
}
