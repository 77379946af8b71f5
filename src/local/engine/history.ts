import { epochSeconds } from '../answer-members.ts';
import type { Json } from '../contracts.ts';
import { STATES, StateError } from './state-error.ts';

type StateType = 'Task' | 'Wait' | 'Choice' | 'Parallel' | 'Pass' | 'Succeed' | 'Fail';

/** Event types this engine writes (API reference: HistoryEvent). */
export type HistoryEventType =
  | `Execution${'Started' | 'Succeeded' | 'Failed' | 'TimedOut' | 'Aborted' | 'Redriven'}`
  | `${StateType}State${'Entered' | 'Exited' | 'Aborted'}`
  | `ParallelState${'Started' | 'Succeeded' | 'Failed'}`
  | `Task${'Scheduled' | 'Started' | 'Succeeded' | 'Failed' | 'TimedOut'}`
  | `LambdaFunction${'Scheduled' | 'Started' | 'Succeeded' | 'Failed' | 'TimedOut'}`
  | 'EvaluationFailed';

/** `…EventDetails` members as the API names them. */
export type EventDetails = {
  readonly [member: `${string}EventDetails`]: { readonly [key: string]: Json | undefined };
};

/** One event, in the shape GetExecutionHistory answers; `timestamp` is epoch seconds with a millisecond fraction. */
export interface RecordedEvent extends EventDetails {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: HistoryEventType;
}

/** Most events one execution may have; the last place is kept for the event that ends it. */
export const HISTORY_LIMIT = 25_000;

/** Where the next event of a branch hangs: the id of the branch's last event. */
export interface EventCursor {
  cursor: number;
}

/** An append-only execution history. */
export interface History {
  readonly events: readonly RecordedEvent[];
  /** Appends an event behind the cursor and moves it. Answers the id. @throws StateError when only the last place is free */
  record(at: EventCursor, type: HistoryEventType, details?: EventDetails): number;
  /** Appends an event that ends the execution, or one written while it ends; nothing when the history is full. */
  recordEnd(at: EventCursor, type: HistoryEventType, details?: EventDetails): void;
}

/** A history that numbers from 1 and tells each event to `onEvent`. */
export function createHistory(now: () => number, onEvent?: (event: RecordedEvent) => void): History {
  const events: RecordedEvent[] = [];
  const append = (at: EventCursor, type: HistoryEventType, details?: EventDetails) => {
    const id = events.length + 1;
    const event: RecordedEvent = {
      id,
      previousEventId: at.cursor,
      timestamp: epochSeconds(now()),
      type,
      ...details,
    };
    events.push(event);
    at.cursor = id;
    onEvent?.(event);
    return id;
  };
  return {
    events,
    record(at, type, details) {
      if (events.length >= HISTORY_LIMIT - 1) throw historyExceeded();
      return append(at, type, details);
    },
    recordEnd(at, type, details) {
      const last = type.startsWith('Execution') ? HISTORY_LIMIT : HISTORY_LIMIT - 1;
      if (events.length < last) append(at, type, details);
    },
  };
}

function historyExceeded(): StateError {
  return new StateError(
    STATES.runtime,
    `The execution reached the maximum number of history events (${HISTORY_LIMIT}).`,
  );
}
