import { Abandoned, abandon, type RunningBranch } from './branch.ts';
import { sleepLong } from './clock/long-sleep.ts';
import { type ExecutionEnd, endEvent, failedEnd } from './execution-end.ts';
import type { Machine } from './machine/machine.ts';
import type { Position } from './position.ts';
import { runBranch } from './run-branch.ts';

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
