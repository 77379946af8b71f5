import type { Clock } from '../../../clock.ts';
import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../contracts.ts';
import type { EventContent } from './event-envelope.ts';

export interface PutEventsInput {
  readonly Entries: readonly PutEventsEntry[];
}

export interface PutEventsParts {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly publish: (event: EventContent) => void;
}

/**
 * PutEvents: puts the entries that are in order on the bus, and answers for each.
 * @throws AwsError ValidationException where the request as a whole is not
 */
export function putEvents({ Entries }: PutEventsInput, { clock, newId, publish }: PutEventsParts): object {
  const results = requireEntries(Entries).map((entry) => {
    const checked = checkEntry(entry);
    if ('ErrorCode' in checked) return checked;
    const EventId = newId();
    if (checked.onDefaultBus) publish({ ...checked, id: EventId, time: checked.time ?? clock.now() });
    return { EventId };
  });
  return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
}

/** One entry of PutEvents as a client sends it. */
export interface PutEventsEntry {
  /** Epoch seconds. @default now */
  readonly Time?: number;
  readonly Source?: string;
  readonly Resources?: readonly string[];
  readonly DetailType?: string;
  /** Text of a JSON object. */
  readonly Detail?: string;
  /** Name or ARN. @default 'default' */
  readonly EventBusName?: string;
  readonly TraceHeader?: string;
}

/** An entry that is in order. */
export interface AcceptedEntry {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
  /** Epoch milliseconds. */
  readonly time: number | undefined;
  /** False for another bus: such an event is accepted and never seen again, as in AWS. */
  readonly onDefaultBus: boolean;
}
export interface RejectedEntry {
  readonly ErrorCode: 'InvalidArgument' | 'MalformedDetail';
  readonly ErrorMessage: string;
}

const MAX_ENTRIES = 10;
/** The request's entries together must be smaller than this, in bytes. */
const MAX_TOTAL_BYTES = 256 * 1024;

/**
 * Checks the request as a whole.
 * @throws AwsError ValidationException
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
function requireEntries(entries: readonly PutEventsEntry[] | undefined): readonly PutEventsEntry[] {
  if (!Array.isArray(entries))
    throw invalid("Value null at 'entries' failed to satisfy constraint: Member must not be null");
  if (entries.length < 1 || entries.length > MAX_ENTRIES) {
    const bound = entries.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${MAX_ENTRIES}`;
    const message = `Value '[${entries.length} entries]' at 'entries' failed to satisfy constraint: Member must have length ${bound}`;
    throw invalid(message);
  }
  const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
  if (bytes >= MAX_TOTAL_BYTES) {
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  return entries;
}

/** Checks one entry; a bad one does not stop the others. */
function checkEntry(entry: PutEventsEntry): AcceptedEntry | RejectedEntry {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (typeof entry[name] === 'string' && entry[name] !== '') continue;
    const ErrorMessage = `Parameter ${name} is not valid. Reason: ${name} is a required argument.`;
    return { ErrorCode: 'InvalidArgument', ErrorMessage };
  }
  const detail = parseObject(entry.Detail ?? '');
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  return {
    source: entry.Source ?? '',
    detailType: entry.DetailType ?? '',
    resources: entry.Resources ?? [],
    detail,
    time: entry.Time === undefined ? undefined : entry.Time * 1000,
    onDefaultBus: isDefaultBus(entry.EventBusName),
  };
}

/** Whether a bus name or ARN means the default bus. */
export function isDefaultBus(nameOrArn: string | undefined): boolean {
  return nameOrArn === undefined || nameOrArn.split('event-bus/').at(-1) === 'default';
}

/** Size as EventBridge counts it: 14 bytes for a time, and the texts. */
function entryBytes(entry: PutEventsEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? '', 'utf8'), 0);
  return bytes + (entry.Time === undefined ? 0 : 14);
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', `1 validation error detected: ${message}`);
}
