/** The details of an event, as far as a run is read from them. */
interface Details {
  readonly name?: unknown;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: unknown;
  readonly cause?: unknown;
}

/**
 * An event of an execution's history, as GetExecutionHistory answers it: the SDK's, or the local engine's.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export interface HistoryEvent {
  readonly id?: number | undefined;
  readonly previousEventId?: number | undefined;
  /** Seconds since 1970 if it is a number. */
  readonly timestamp?: Date | number | undefined;
  readonly type?: string | undefined;
  readonly stateEnteredEventDetails?: Details | undefined;
  readonly stateExitedEventDetails?: Details | undefined;
  readonly executionStartedEventDetails?: Details | undefined;
  readonly taskSucceededEventDetails?: Details | undefined;
  readonly taskFailedEventDetails?: Details | undefined;
  readonly taskTimedOutEventDetails?: Details | undefined;
  readonly executionSucceededEventDetails?: Details | undefined;
  readonly executionFailedEventDetails?: Details | undefined;
  readonly executionAbortedEventDetails?: Details | undefined;
  readonly executionTimedOutEventDetails?: Details | undefined;
}

/** When the event happened, milliseconds since 1970; 0 if the event does not say. */
export function timeOf({ timestamp = 0 }: HistoryEvent): number {
  return typeof timestamp === 'number' ? Math.round(timestamp * 1000) : timestamp.getTime();
}
