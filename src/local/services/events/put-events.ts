import type { Clock } from '../../../clock.ts';
import type { EventContent } from './event-envelope.ts';
import { checkEntry, type PutEventsEntry, requireEntries } from './put-events-request.ts';

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
