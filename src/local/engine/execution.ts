import { withoutUndefined } from '../answer-members.ts';
import { beginAttempt, createAttempt, disposeAttempt, type ExecutionEnd, endAttempt } from './attempt.ts';
import { createBranch, type EngineDeps, type Identity, positionOf, type RunningExecution } from './branch.ts';
import { parseData } from './expression/data.ts';
import { createFunctions } from './expression/jsonata-functions.ts';
import { createHistory, type RecordedEvent } from './history.ts';
import type { Machine } from './machine/machine.ts';
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

interface RunSource {
  readonly identity: Identity;
  readonly deps: EngineDeps;
  /** JSON text. */
  readonly input: string;
}

/** What all branches of a new execution share. */
function createRun(
  { identity, deps, input }: RunSource,
  onEvent?: (event: RecordedEvent) => void,
): RunningExecution {
  const { clock } = deps;
  return {
    deps,
    identity,
    functions: createFunctions(deps),
    history: createHistory(() => clock.now(), onEvent),
    input: parseData(input),
    startedAt: clock.now(),
    redriveCount: 0,
  };
}

/** Notes that the execution started. */
function recordStart({ history, input, identity: { roleArn } }: RunningExecution): void {
  history.record({ cursor: 0 }, 'ExecutionStarted', {
    executionStartedEventDetails: { input: input.text, inputDetails: { truncated: false }, roleArn },
  });
}

/** Counts the redrive and notes it behind the event that ended the execution. Answers the event's id. */
function recordRedrive(run: RunningExecution): number {
  run.redriveCount += 1;
  run.redrivenAt = run.deps.clock.now();
  const details = { executionRedrivenEventDetails: { redriveCount: run.redriveCount } };
  return run.history.record({ cursor: run.history.events.length }, 'ExecutionRedriven', details);
}
