import type { Clock } from '../../clock.ts';
import type { FunctionInvoker, Json } from '../contracts.ts';
import type { Data } from './data.ts';
import type { Cursor, EventDetails, History, HistoryEventType } from './history.ts';
import type { State, StateGraph } from './machine.ts';

/** All that reaches the engine from outside. */
export interface EngineDeps {
  readonly clock: Clock;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
  /** A fresh UUID. */
  readonly createId: () => string;
  readonly functions: FunctionInvoker;
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
export interface Run {
  readonly deps: EngineDeps;
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

/** Where a branch stands: enough to go on from there when the execution is redriven. */
export interface Position {
  readonly stateName: string;
  readonly input: Data;
  /** Of a Parallel state that has started: one entry per branch. */
  branches?: readonly BranchPosition[];
}
/** A finished branch of a Parallel state, or one that stands somewhere, or (undefined) has not begun. */
export type BranchPosition = { readonly output: Data } | Standing;
export interface Standing {
  readonly position: Position | undefined;
  readonly variables: Variables;
}

/** One thread of states: the machine itself, or a branch of a Parallel state. */
export interface Branch extends Cursor {
  readonly run: Run;
  readonly graph: StateGraph;
  /** Aborted with {@link Abandoned} when the branch must not go on. */
  readonly stop: AbortController;
  variables: Variables;
  position?: Position;
  /** The state being visited, for the event that says it was aborted. */
  visiting?: State;
  /** Branches of the Parallel state being visited. */
  children: readonly Branch[];
}

/** Thrown inside a branch that was abandoned. Nobody catches it but the one who abandoned the branch. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned';
}

/** A branch at its beginning. The cursor is the event its first state hangs on. */
export function createBranch(run: Run, graph: StateGraph, cursor: number, variables: Variables): Branch {
  return { run, graph, cursor, variables, stop: new AbortController(), children: [] };
}

/** Appends an event of the branch. @throws Abandoned instead, when the branch was abandoned meanwhile */
export function record(branch: Branch, type: HistoryEventType, details?: EventDetails): number {
  branch.stop.signal.throwIfAborted();
  return branch.run.history.record(branch, type, details);
}

/**
 * Stops a branch and everything in it: timers end, answers of functions are ignored (the functions run on).
 * With `at`, each visited state is noted as aborted, innermost first.
 */
export function abandon(branch: Branch, at?: Cursor): void {
  if (branch.stop.signal.aborted) return;
  branch.stop.abort(new Abandoned('The branch was stopped'));
  for (const child of branch.children) abandon(child, at);
  if (at !== undefined && branch.visiting !== undefined) {
    branch.run.history.recordEnd(at, `${branch.visiting.type}StateAborted`);
  }
}
