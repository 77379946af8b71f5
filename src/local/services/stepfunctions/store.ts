import type { Execution } from '../../engine/execution.ts';
import type { Machine } from '../../engine/machine.ts';
import { localExecutionArn, localMachineArn } from './arns.ts';
import { executionDoesNotExist, stateMachineDoesNotExist } from './service-errors.ts';

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
  /** Epoch milliseconds of the last redrive. */
  redrivenAt?: number;
}

/** What the service remembers. Executions outlive their deleted machine. */
export interface Store {
  readonly machines: Map<string, StoredMachine>;
  readonly executions: Map<string, StoredExecution>;
}

export function createStore(): Store {
  return { machines: new Map(), executions: new Map() };
}

/** @throws AwsError InvalidArn, StateMachineDoesNotExist */
export function findMachine(store: Store, arn: unknown): StoredMachine {
  const machine = store.machines.get(localMachineArn(arn));
  if (machine === undefined) throw stateMachineDoesNotExist(String(arn));
  return machine;
}

/** @throws AwsError InvalidArn, ExecutionDoesNotExist */
export function findExecution(store: Store, arn: unknown): StoredExecution {
  const execution = store.executions.get(localExecutionArn(arn));
  if (execution === undefined) throw executionDoesNotExist(String(arn));
  return execution;
}
