import type { Clock } from '../../clock.ts';
import type { FunctionInvoker, Json, JsonObject } from '../contracts.ts';
import type { Data } from './expression/data.ts';
import type { Bindings } from './expression/expression.ts';
import type { EventCursor, EventDetails, History, HistoryEventType } from './history.ts';
import type { StateGraph } from './machine/machine.ts';

/** All that reaches the engine from outside. */
export interface EngineDeps {
  readonly clock: Clock;
  /** What Wait states and pauses before a retry sleep on; timeouts do on the clock. @default the clock */
  readonly waits?: Clock;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
  /** A fresh UUID. */
  readonly createId: () => string;
  readonly functions: FunctionInvoker;
  /** SNS's Publish, for the integration `sns:publish`. @throws AwsError */
  readonly publish?: (input: JsonObject) => Promise<{ readonly MessageId: string }>;
}

/** Who is running: what the context object and the history say about it. */
export interface Identity {
  readonly executionArn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  /** The Region that TaskScheduled events name. */
  readonly region: string;
}

/** What all branches of one execution share. */
export interface RunningExecution {
  readonly deps: EngineDeps;
  /** What Step Functions adds to JSONata, bound to this run's clock and chance. */
  readonly functions: Bindings;
  readonly identity: Identity;
  readonly history: History;
  readonly input: Data;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  redriveCount: number;
  /** Epoch milliseconds of the last redrive. */
  redrivenAt?: number;
}

/** Workflow variables. Never changed in place: an assignment makes a new object. */
export type Variables = { readonly [name: string]: Json };

/** A state and the input it got. */
export interface EnteredState {
  readonly stateName: string;
  readonly input: Data;
}

/** One thread of states: the machine itself, or a branch of a Parallel state. */
export interface RunningBranch extends EventCursor {
  readonly run: RunningExecution;
  readonly graph: StateGraph;
  /** Aborted with {@link Abandoned} when the branch must not go on. */
  readonly stop: AbortController;
  variables: Variables;
  /** The state being visited. Kept when it fails, so that a redrive can go on from it. */
  place?: EnteredState;
  /** Branches of the Parallel state being visited; of an earlier state, nothing. */
  children: readonly RunningBranch[];
  /** Set when the branch has come to its end. */
  output?: Data;
}

/** Thrown inside a branch that was abandoned. Nobody catches it but the one who abandoned the branch. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned';
}

/** One for all: making an error for each branch costs more than the branch. */
const STOPPED = new Abandoned('The branch was stopped');

/** A branch at its beginning. The cursor is the event its first state hangs on. */
export function createBranch(
  run: RunningExecution,
  graph: StateGraph,
  cursor: number,
  variables: Variables,
): RunningBranch {
  return { run, graph, cursor, variables, stop: new AbortController(), children: [] };
}

/** Appends an event of the branch. @throws Abandoned instead, when the branch was abandoned meanwhile */
export function record(branch: RunningBranch, type: HistoryEventType, details?: EventDetails): number {
  branch.stop.signal.throwIfAborted();
  return branch.run.history.record(branch, type, details);
}

/** Appends an event that the branch's next event does not hang on, as `ParallelStateSucceeded`. */
export function recordAside(branch: RunningBranch, type: HistoryEventType): void {
  branch.stop.signal.throwIfAborted();
  branch.run.history.record({ cursor: branch.cursor }, type);
}

/** Stops a branch and everything in it: timers end, answers of functions are ignored (the functions run on). */
export function abandon(branch: RunningBranch): void {
  if (branch.stop.signal.aborted) return;
  branch.stop.abort(STOPPED);
  for (const child of branch.children) abandon(child);
}

/**
 * Stops a branch because another one failed, and notes each state that was being visited as aborted, innermost first.
 * All those events hang on the failure's last event.
 */
export function abortBranch(branch: RunningBranch, failedAt: number): void {
  if (branch.stop.signal.aborted || branch.output !== undefined) return;
  for (const child of branch.children) abortBranch(child, failedAt);
  const state = branch.place && branch.graph.states.get(branch.place.stateName);
  if (state !== undefined) branch.run.history.recordEnd({ cursor: failedAt }, `${state.type}StateAborted`);
  branch.stop.abort(STOPPED);
}

/** Where a branch stood when its execution ended: what a redrive needs to go on. */
export type Position = Finished | Standing;
/** A branch that had come to its end: a redrive takes its output as it is. */
export interface Finished {
  readonly output: Data;
}
export interface Standing {
  readonly place: EnteredState;
  readonly variables: Variables;
  /** Of a Parallel state that had started its branches. */
  readonly branches?: readonly Position[];
}

/**
 * The position of a branch. With `whole`, Parallel states forget their branches and run all of them again, as Step
 * Functions does after States.DataLimitExceeded (docs: Restarting state machine executions with redrive).
 */
export function positionOf(branch: RunningBranch, whole: boolean): Position {
  const { output, variables, children, graph } = branch;
  if (output !== undefined) return { output };
  const place = branch.place ?? { stateName: graph.startAt, input: branch.run.input };
  if (whole || children.length === 0) return { place, variables };
  return { place, variables, branches: children.map((child) => positionOf(child, whole)) };
}
