import { sleepLong } from '../clocks.ts';
import type { Json } from '../contracts.ts';
import { Abandoned, abandon, type Position, type RunningBranch } from './branch.ts';
import type { EventCursor, EventDetails, HistoryEventType } from './history.ts';
import type { Machine } from './machine/machine.ts';
import { runBranch } from './run-branch.ts';
import { errorDetails, STATES, StateError } from './state-error.ts';

/** One time an execution runs: the first, or a redrive. */
export interface Attempt {
  readonly root: RunningBranch;
  /** Aborted when the machine's timeout no longer counts. */
  readonly timer: AbortController;
  readonly ended: PromiseWithResolvers<ExecutionEnd>;
  readonly onEnd: (end: ExecutionEnd) => void;
  /** Absent while it runs. */
  end?: ExecutionEnd;
}

export function createAttempt(root: RunningBranch, onEnd: (end: ExecutionEnd) => void): Attempt {
  return { root, timer: new AbortController(), ended: Promise.withResolvers(), onEnd };
}

/** Runs from a position on; the machine's timeout begins anew. */
export function beginAttempt(attempt: Attempt, { timeoutSeconds }: Machine, from: Position): void {
  const { root, timer } = attempt;
  if (timeoutSeconds !== undefined) {
    const expired = sleepLong(root.run.deps.clock, timeoutSeconds * 1000, timer.signal);
    expired.then(() => endAttempt(attempt, { status: 'TIMED_OUT' }), ignore);
  }
  const running =
    'output' in from ? Promise.resolve(from.output) : runBranch(root, from.place, from.branches);
  running.then(
    ({ text }) => endAttempt(attempt, { status: 'SUCCEEDED', output: text }),
    (error: unknown) => {
      if (!(error instanceof Abandoned)) endAttempt(attempt, failedEnd(error));
    },
  );
}

/** Ends what runs, with the event that says so. Does nothing to an attempt that has ended. */
export function endAttempt(attempt: Attempt, end: ExecutionEnd): void {
  if (attempt.end !== undefined) return;
  attempt.end = end;
  disposeAttempt(attempt);
  attempt.root.run.history.recordEnd(...endEvent(end, attempt.root));
  attempt.ended.resolve(end);
  attempt.onEnd(end);
}

/** Stops all timers without an event. */
export function disposeAttempt({ root, timer }: Attempt): void {
  timer.abort(ENDED);
  abandon(root);
}

const ENDED = new Abandoned('The execution has ended');

function ignore(): void {}

/** How an execution ended, as DescribeExecution shows it. `output` is JSON text. */
export type ExecutionEnd =
  | { readonly status: 'SUCCEEDED'; readonly output: string }
  | {
      readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
      readonly error?: string;
      readonly cause?: string;
    };

/** The end of an execution whose first branch threw. What is no StateError is a fault of the engine, and shown. */
function failedEnd(error: unknown): ExecutionEnd {
  const failure =
    error instanceof StateError ? error : new StateError(STATES.runtime, String((error as Error).stack));
  return { status: 'FAILED', ...errorDetails(failure) };
}

/**
 * The event that ends an execution, and what it hangs on: the branch's last event, or nothing (0) when the execution
 * was ended from outside, as recorded of Step Functions. Only the event says States.Timeout, DescribeExecution does not.
 */
function endEvent(end: ExecutionEnd, at: EventCursor): [EventCursor, HistoryEventType, EventDetails] {
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
