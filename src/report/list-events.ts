import { type HistoryEvent, timeOf } from '../run-history/history-event.ts';
import { readFailure } from '../run-history/read-failure.ts';
import type { ReportedEvent } from './report.ts';

const FAILED = /(?:Failed|TimedOut|Aborted)$/;

/** The events of a history as a report lists them. */
export function listEvents(events: readonly HistoryEvent[]): readonly ReportedEvent[] {
  const states = new Map<number, string>();
  return events.map((event) => {
    const { id = 0, previousEventId = 0, type = '' } = event;
    const name = (event.stateEnteredEventDetails ?? event.stateExitedEventDetails)?.name;
    const about = name === undefined ? states.get(previousEventId) : String(name);
    if (about !== undefined) states.set(id, about);
    const failure = FAILED.test(type) ? failureOf(event) : undefined;
    return {
      ...{ id, at: timeOf(event), type },
      ...(about === undefined || type.startsWith('Execution') ? {} : { about }),
      ...(failure === undefined ? {} : { failure }),
    };
  });
}

function failureOf(event: HistoryEvent) {
  const details =
    event.taskFailedEventDetails ??
    event.taskTimedOutEventDetails ??
    event.executionFailedEventDetails ??
    event.executionAbortedEventDetails ??
    event.executionTimedOutEventDetails;
  return details?.error === undefined && details?.cause === undefined ? undefined : readFailure(details);
}
