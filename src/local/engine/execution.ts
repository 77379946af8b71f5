import { withoutUndefined } from '../answer-members.ts';
import { beginAttempt, createAttempt, disposeAttempt, endAttempt } from './attempt.ts';
import { createBranch, type EngineDeps, type Identity } from './branch.ts';
import type { ExecutionEnd } from './execution-end.ts';
import type { RecordedEvent } from './history.ts';
import type { Machine } from './machine/machine.ts';
import { positionOf } from './position.ts';
import { createRun, recordRedrive, recordStart } from './run.ts';
import { STATES } from './state-error.ts';

export interface ExecutionOptions {
  readonly machine: Machine;
  readonly identity: Identity;
  /** JSON text. */
  readonly input: string;
  readonly deps: EngineDeps;
  readonly onEvent?: (event: RecordedEvent) => void;
  /** Called in the moment the execution ends, once for each time it runs. */
  readonly onEnd?: (end: ExecutionEnd) => void;
}

/** One execution: runs from the call of `start`, over all its redrives. */
export interface Execution {
  readonly history: readonly RecordedEvent[];
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

/** An execution that has not started. Its machine and input stay the same over all redrives. */
export function createExecution(options: ExecutionOptions): Execution {
  const { machine, onEnd = () => {} } = options;
  const run = createRun(options, options.onEvent);
  let attempt = createAttempt(createBranch(run, machine, 0, {}), onEnd);
  return {
    history: run.history.events,
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
      beginAttempt(attempt, machine, positionOf(attempt.root, false));
    },
    stop: (error, cause) => endAttempt(attempt, { status: 'ABORTED', ...withoutUndefined({ error, cause }) }),
    redrive() {
      const from = positionOf(attempt.root, isDataLimit(attempt.end));
      const variables = 'output' in from ? {} : from.variables;
      attempt = createAttempt(createBranch(run, machine, recordRedrive(run), variables), onEnd);
      beginAttempt(attempt, machine, from);
    },
    dispose: () => disposeAttempt(attempt),
  };
}

function isDataLimit(end: ExecutionEnd | undefined): boolean {
  return end?.status === 'FAILED' && end.error === STATES.dataLimit;
}
