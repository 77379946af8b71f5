import { Abandoned, abandon, type Branch, createBranch, type EngineDeps, type Identity } from './branch.ts';
import { type ExecutionEnd, endEvent, failedEnd } from './execution-end.ts';
import type { HistoryEvent } from './history.ts';
import { sleepLong } from './long-sleep.ts';
import type { Machine } from './machine.ts';
import { type Position, positionOf } from './position.ts';
import { createRun, recordRedrive, recordStart } from './run.ts';
import { runBranch } from './run-branch.ts';
import { STATES } from './state-error.ts';

export interface ExecutionOptions {
  readonly machine: Machine;
  readonly identity: Identity;
  /** JSON text. */
  readonly input: string;
  readonly deps: EngineDeps;
  readonly onEvent?: (event: HistoryEvent) => void;
  /** Called in the moment the execution ends, once for each time it runs. */
  readonly onEnd?: (end: ExecutionEnd) => void;
}

/** One execution: runs from the call of `start`, over all its redrives. */
export interface Execution {
  readonly history: readonly HistoryEvent[];
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly redriveCount: number;
  /** Absent while it runs. */
  readonly end: ExecutionEnd | undefined;
  /** Resolves with the end of what runs now, or with the last end. */
  whenEnded(): Promise<ExecutionEnd>;
  start(): void;
  /** Ends a running execution as ABORTED; does nothing to one that has ended. */
  stop(error?: string, cause?: string): void;
  /** Goes on from where the execution ended. Only for one that has ended without success. */
  redrive(): void;
  /** Stops all timers without an event; nobody hears of the execution again. */
  dispose(): void;
}

/** One time an execution runs: the first, or a redrive. */
interface Attempt {
  readonly root: Branch;
  readonly timer: AbortController;
  readonly ended: PromiseWithResolvers<ExecutionEnd>;
  end?: ExecutionEnd;
}

/** An execution that has not started. Its machine and input stay the same over all redrives. */
export function createExecution(options: ExecutionOptions): Execution {
  const run = createRun(options, options.onEvent);
  const { history, deps } = run;
  let attempt = createAttempt(createBranch(run, options.machine, 0, {}));

  function finish(current: Attempt, end: ExecutionEnd): void {
    if (current.end !== undefined) return;
    current.end = end;
    current.timer.abort(ENDED);
    abandon(current.root);
    history.recordEnd(...endEvent(end, current.root));
    current.ended.resolve(end);
    options.onEnd?.(end);
  }

  function begin(current: Attempt, from: Position): void {
    attempt = current;
    const { timeoutSeconds } = options.machine;
    if (timeoutSeconds !== undefined) {
      const expired = sleepLong(deps.clock, timeoutSeconds * 1000, current.timer.signal);
      expired.then(() => finish(current, { status: 'TIMED_OUT' }), ignore);
    }
    const running =
      'output' in from ? Promise.resolve(from.output) : runBranch(current.root, from.place, from.branches);
    running.then(
      ({ text }) => finish(current, { status: 'SUCCEEDED', output: text }),
      (error: unknown) => {
        if (!(error instanceof Abandoned)) finish(current, failedEnd(error));
      },
    );
  }

  return {
    history: history.events,
    startedAt: run.startedAt,
    get redriveCount() {
      return run.redriveCount;
    },
    get end() {
      return attempt.end;
    },
    whenEnded: () => attempt.ended.promise,
    start() {
      recordStart(run);
      begin(attempt, positionOf(attempt.root, false));
    },
    stop: (error, cause) => finish(attempt, { status: 'ABORTED', ...optional({ error, cause }) }),
    redrive() {
      const from = positionOf(attempt.root, isDataLimit(attempt.end));
      const variables = 'output' in from ? {} : from.variables;
      begin(createAttempt(createBranch(run, options.machine, recordRedrive(run), variables)), from);
    },
    dispose() {
      attempt.timer.abort(ENDED);
      abandon(attempt.root);
    },
  };
}

function createAttempt(root: Branch): Attempt {
  return { root, timer: new AbortController(), ended: Promise.withResolvers() };
}

function isDataLimit(end: ExecutionEnd | undefined): boolean {
  return end?.status === 'FAILED' && end.error === STATES.dataLimit;
}

function optional(members: { error: string | undefined; cause: string | undefined }): {
  error?: string;
  cause?: string;
} {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** Why the machine's timeout no longer counts. */
const ENDED = new Abandoned('The execution has ended');

function ignore(): void {}
