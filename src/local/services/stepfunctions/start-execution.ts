import { LOCAL_REGION } from '../../contracts.ts';
import type { EngineDeps } from '../../engine/branch.ts';
import { createExecution } from '../../engine/execution.ts';
import { exceedsDataLimit, parseData } from '../../engine/expression/data.ts';
import type { RecordedEvent } from '../../engine/history.ts';
import { checkName, executionArn } from './arns.ts';
import { executionAlreadyExists, invalidExecutionInput } from './request.ts';
import { findMachine, makeRoom, type Store, type StoredExecution } from './store.ts';

export interface StartExecutionInput {
  readonly stateMachineArn: string;
  readonly name?: string;
  readonly input?: string;
}

/** Who wants to know of an execution's events and status changes. */
export interface ExecutionObserver {
  onEvent(stored: StoredExecution, event: RecordedEvent): void;
  onStatus(stored: StoredExecution): void;
}

/**
 * Starts an execution. The same name with the same input while it runs answers the running one.
 * @throws AwsError InvalidArn, StateMachineDoesNotExist, InvalidName, InvalidExecutionInput, ExecutionAlreadyExists
 */
export function beginExecution(
  store: Store,
  deps: EngineDeps,
  observer: ExecutionObserver,
  request: StartExecutionInput,
): StoredExecution {
  const machine = findMachine(store, request.stateMachineArn);
  const name = request.name === undefined ? deps.createId() : checkName(request.name);
  const input = checkInput(request.input ?? '{}');
  const arn = executionArn(machine.name, name);
  const known = store.executions.get(arn);
  if (known !== undefined) {
    if (known.execution.end === undefined && known.input === input) return known;
    throw executionAlreadyExists(arn);
  }
  if (store.forgotten.has(arn)) throw executionAlreadyExists(arn);
  const stored = createStored(store, deps, observer, {
    arn,
    name,
    machine,
    input,
    sequence: store.started++,
  });
  store.executions.set(arn, stored);
  stored.execution.start();
  observer.onStatus(stored);
  return stored;
}

function createStored(
  store: Store,
  deps: EngineDeps,
  observer: ExecutionObserver,
  known: Omit<StoredExecution, 'execution'>,
): StoredExecution {
  const { arn, name, machine, input } = known;
  const execution = createExecution({
    machine: machine.machine,
    identity: {
      executionArn: arn,
      name,
      roleArn: machine.roleArn,
      stateMachineArn: machine.arn,
      stateMachineName: machine.name,
      region: LOCAL_REGION,
    },
    input,
    deps,
    onEvent: (event) => observer.onEvent(stored, event),
    onEnd: () => {
      stored.stoppedAt = deps.clock.now();
      observer.onStatus(stored);
      makeRoom(store);
    },
  });
  const stored: StoredExecution = { ...known, execution };
  return stored;
}

function checkInput(text: string): string {
  if (exceedsDataLimit(text)) throw invalidExecutionInput('Input exceeds the maximum of 262144 bytes');
  try {
    parseData(text);
  } catch (error) {
    throw invalidExecutionInput((error as Error).message);
  }
  return text;
}
