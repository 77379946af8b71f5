import type { Json } from '../contracts.ts';
import {
  Abandoned,
  abandon,
  type Branch,
  createBranch,
  type EngineDeps,
  type Identity,
  type Run,
} from './branch.ts';
import { type Data, parseData } from './data.ts';
import { createHistory, type HistoryEvent } from './history.ts';
import type { Machine } from './machine.ts';
import { runBranch } from './run-branch.ts';
import { errorDetails, STATES, StateError } from './state-error.ts';

/** How an execution ended. */
export type ExecutionEnd =
  | { readonly status: 'SUCCEEDED'; readonly output: string }
  | { readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED'; readonly error?: string; readonly cause?: string };

export interface ExecutionOptions {
  readonly machine: Machine;
  readonly identity: Identity;
  /** JSON text. */
  readonly input: string;
  readonly deps: EngineDeps;
  readonly onEvent?: (event: HistoryEvent) => void;
  /** Called in the moment the execution ends, once per attempt. */
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
  /** Resolves with the end of the attempt that runs now, or with the last one's. */
  whenEnded(): Promise<ExecutionEnd>;
  start(): void;
  /** Ends a running execution as ABORTED; does nothing to one that has ended. */
  stop(error?: string, cause?: string): void;
  /** Stops all timers without an event; nobody hears of the execution again. */
  dispose(): void;
}

/** An execution that has not started. The machine's definition and the input never change after this. */
export function createExecution(options: ExecutionOptions): Execution {
  const { machine, identity, deps, onEvent, onEnd } = options;
  const { clock } = deps;
  const history = createHistory(() => clock.now(), onEvent);
  const input = parseData(options.input);
  const run: Run = { deps, identity, history, input, startedAt: clock.now(), redriveCount: 0 };
  let root: Branch | undefined;
  let end: ExecutionEnd | undefined;
  const ended = Promise.withResolvers<ExecutionEnd>();
  const timer = new AbortController();

  function finish(at: Branch, how: ExecutionEnd): void {
    if (end !== undefined) return;
    end = how;
    timer.abort();
    recordEnd(run, at, how);
    ended.resolve(how);
    onEnd?.(how);
  }

  function interrupt(how: ExecutionEnd): void {
    if (end !== undefined || root === undefined) return;
    abandon(root, root);
    finish(root, how);
  }

  function begin(branch: Branch): void {
    root = branch;
    watchTimeout(machine, deps, timer.signal, () => interrupt({ status: 'TIMED_OUT' }));
    runBranch(branch, { stateName: machine.startAt, input }).then(
      (output) => finish(branch, { status: 'SUCCEEDED', output: output.text }),
      (error: unknown) => {
        if (!(error instanceof Abandoned)) finish(branch, { status: 'FAILED', ...failureOf(error) });
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
      return end;
    },
    whenEnded: () => ended.promise,
    start() {
      history.record({ cursor: 0 }, 'ExecutionStarted', startedDetails(input, identity));
      begin(createBranch(run, machine, 0, {}));
    },
    stop: (error, cause) =>
      interrupt({
        status: 'ABORTED',
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      }),
    dispose() {
      timer.abort();
      if (root !== undefined) abandon(root);
    },
  };
}

function startedDetails(input: Data, { roleArn }: Identity) {
  return { executionStartedEventDetails: { input: input.text, inputDetails: { truncated: false }, roleArn } };
}

function watchTimeout(
  { timeoutSeconds }: Machine,
  { clock }: EngineDeps,
  signal: AbortSignal,
  expire: () => void,
): void {
  if (timeoutSeconds === undefined) return;
  clock.sleep(timeoutSeconds * 1000, signal).then(expire, () => {});
}

/** An error that is no StateError is a fault of the engine: shown as States.Runtime rather than lost. */
function failureOf(error: unknown): { error?: string; cause?: string } {
  const failure =
    error instanceof StateError ? error : new StateError(STATES.runtime, String((error as Error).stack));
  return errorDetails(failure);
}

const END_EVENTS = {
  SUCCEEDED: ['ExecutionSucceeded', 'executionSucceededEventDetails'],
  FAILED: ['ExecutionFailed', 'executionFailedEventDetails'],
  TIMED_OUT: ['ExecutionTimedOut', 'executionTimedOutEventDetails'],
  ABORTED: ['ExecutionAborted', 'executionAbortedEventDetails'],
} as const;

function recordEnd(run: Run, at: Branch, { status, ...how }: ExecutionEnd): void {
  const [type, member] = END_EVENTS[status];
  const details: { [key: string]: Json } = { ...how };
  if (status === 'SUCCEEDED') details.outputDetails = { truncated: false };
  run.history.recordEnd(at, type, { [member]: details });
}
