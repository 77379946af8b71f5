import type { Json } from '../contracts.ts';
import type { EventCursor, EventDetails, HistoryEventType } from './history.ts';
import { errorDetails, STATES, StateError } from './state-error.ts';

/** How an execution ended, as DescribeExecution shows it. `output` is JSON text. */
export type ExecutionEnd =
  | { readonly status: 'SUCCEEDED'; readonly output: string }
  | {
      readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
      readonly error?: string;
      readonly cause?: string;
    };

/** The end of an execution whose first branch threw. What is no StateError is a fault of the engine, and shown. */
export function failedEnd(error: unknown): ExecutionEnd {
  const failure =
    error instanceof StateError ? error : new StateError(STATES.runtime, String((error as Error).stack));
  return { status: 'FAILED', ...errorDetails(failure) };
}

/**
 * The event that ends an execution, and what it hangs on: the branch's last event, or nothing (0) when the execution
 * was ended from outside, as recorded of Step Functions. Only the event says States.Timeout, DescribeExecution does not.
 */
export function endEvent(end: ExecutionEnd, at: EventCursor): [EventCursor, HistoryEventType, EventDetails] {
  const { status, ...members } = end;
  switch (status) {
    case 'SUCCEEDED':
      return [at, 'ExecutionSucceeded', { executionSucceededEventDetails: withDetails(members) }];
    case 'FAILED':
      return [at, 'ExecutionFailed', { executionFailedEventDetails: members }];
    case 'TIMED_OUT':
      return [outside(), 'ExecutionTimedOut', { executionTimedOutEventDetails: { error: STATES.timeout } }];
    case 'ABORTED':
      return [outside(), 'ExecutionAborted', { executionAbortedEventDetails: members }];
  }
}

function withDetails(members: { readonly [key: string]: Json }): { readonly [key: string]: Json } {
  return { ...members, outputDetails: { truncated: false } };
}

function outside(): EventCursor {
  return { cursor: 0 };
}
