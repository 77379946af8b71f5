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
  /** Executions started so far. */
  started: number;
}

export function createStore(): Store {
  return { machines: new Map(), executions: new Map(), started: 0 };
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
