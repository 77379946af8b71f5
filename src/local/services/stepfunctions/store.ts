import type { Execution } from '../../engine/execution.ts';
import type { Machine } from '../../engine/machine/machine.ts';
import { localizeExecutionArn, localizeMachineArn } from './arns.ts';
import { executionDoesNotExist, stateMachineDoesNotExist } from './request.ts';

/** A state machine as CreateStateMachine stored it. */
export interface StoredMachine {
  readonly arn: string;
  readonly name: string;
  /** JSON text, as given. */
  readonly definition: string;
  readonly roleArn: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly machine: Machine;
  readonly tags: Map<string, string>;
}

/** An execution, and what the API tells about it that the engine does not know. */
export interface StoredExecution {
  readonly arn: string;
  readonly name: string;
  readonly machine: StoredMachine;
  readonly input: string;
  readonly execution: Execution;
  /** Place in the order of starts: a later one is listed first. */
  readonly sequence: number;
  /** Epoch milliseconds of the last end. */
  stoppedAt?: number;
  /** The last redrive: epoch milliseconds, and the client token it came with. */
  redrive?: { readonly at: number; readonly token: string | undefined };
}

/** What the service remembers. Executions outlive their deleted machine. */
export interface Store {
  readonly machines: Map<string, StoredMachine>;
  readonly executions: Map<string, StoredExecution>;
  /** ARNs of executions that were forgotten, the latest last: none of them starts again. */
  readonly forgotten: Set<string>;
  /** Events of ended executions that are kept at once. */
  readonly keptEvents: number;
  /** Executions started so far. */
  started: number;
}

/** Events of about a thousand runs of a few steps. */
export const KEPT_EVENTS = 25_000;
const KEPT_ARNS = 20_000;

/** @param keptEvents AWS keeps ended executions for 90 days and has room; here the oldest make room. @default all */
export function createStore(keptEvents = Number.POSITIVE_INFINITY): Store {
  return { machines: new Map(), executions: new Map(), forgotten: new Set(), keptEvents, started: 0 };
}

/** Forgets ended executions, those that ended first, until the events of the others are few enough. The last one stays. */
export function makeRoom({ executions, forgotten, keptEvents }: Store): void {
  const ended = [...executions.values()]
    .filter(({ execution }) => execution.end !== undefined)
    .toSorted((a, b) => (a.stoppedAt ?? 0) - (b.stoppedAt ?? 0));
  let events = ended.reduce((sum, { execution }) => sum + execution.history.length, 0);
  for (const { arn, execution } of ended.slice(0, -1)) {
    if (events <= keptEvents) return;
    events -= execution.history.length;
    executions.delete(arn);
    forgotten.add(arn);
    if (forgotten.size > KEPT_ARNS) forgotten.delete(forgotten.values().next().value ?? '');
  }
}

/** @throws AwsError InvalidArn, StateMachineDoesNotExist */
export function findMachine(store: Store, arn: string): StoredMachine {
  const machine = store.machines.get(localizeMachineArn(arn));
  if (machine === undefined) throw stateMachineDoesNotExist(arn);
  return machine;
}

/** @throws AwsError InvalidArn, ExecutionDoesNotExist */
export function findExecution(store: Store, arn: string): StoredExecution {
  const execution = store.executions.get(localizeExecutionArn(arn));
  if (execution === undefined) throw executionDoesNotExist(arn);
  return execution;
}
