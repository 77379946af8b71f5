import type { Pipeline } from '../../definition/pipeline.ts';
import {
  beginExecution,
  createStore,
  describeStateMachine,
  type EngineDeps,
  type EventBus,
  type ExecutionObserver,
  executionDescription,
  executionStatus,
  executionStatusEvent,
  findExecution,
  findMachine,
  listTags,
  type RecordedEvent,
  redriveExecution,
  type StartExecutionInput,
  type Store,
  type StoredExecution,
  type StoredMachine,
  stopExecution,
  type TagResourceInput,
  tagResource,
  type UntagResourceInput,
  untagResource,
} from '../../local/parts.ts';
import { amendedMachineFor, machineFor } from './deployed.ts';

/** What an execution was at a time. */
export interface ExecutionLife {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly status: string;
  readonly redriveCount: number;
  readonly redrivenAt?: number | undefined;
}

export interface StepFunctionsModelOptions {
  readonly pipelines: readonly Pipeline[];
  /** Machines of the stage that are no pipeline's. @default none */
  readonly others?: readonly StoredMachine[];
  /** When the pipelines' machines were made, epoch milliseconds. */
  readonly createdAt: number;
  readonly deps: EngineDeps;
  readonly bus: EventBus;
  onHistoryEvent(stored: StoredExecution, event: RecordedEvent): void;
  onLife(stored: StoredExecution, life: ExecutionLife): void;
}

/** The local Step Functions' own operations, with answers as of an earlier time where one lags. */
export interface StepFunctionsModel {
  readonly store: Store;
  /** What executions were, the last one last, by ARN. */
  readonly lives: ReadonlyMap<string, readonly ExecutionLife[]>;
  /** Gives a pipeline's machine another definition, as a deployment does: runs that are there keep theirs. */
  deploy(pipeline: string): void;
  /** The whole history of an execution. */
  history(input: { readonly executionArn: string }): object;
  describeMachine(input: { readonly stateMachineArn: string }): object;
  start(input: StartExecutionInput): object;
  describe(input: { readonly executionArn: string }, asOf: number): object;
  list(input: { readonly stateMachineArn: string; readonly statusFilter?: string }, asOf: number): object;
  stop(input: { readonly executionArn: string }): object;
  redrive(input: { readonly executionArn: string }): object;
  readonly tags: {
    list(input: { readonly resourceArn: string }): object;
    add(input: TagResourceInput): object;
    remove(input: UntagResourceInput): object;
  };
}

/** @see StepFunctionsModel */
export function createStepFunctionsModel(options: StepFunctionsModelOptions): StepFunctionsModel {
  const { deps, bus, others = [] } = options;
  const store = createStore();
  const lives = new Map<string, ExecutionLife[]>();
  for (const pipeline of options.pipelines) {
    const machine = machineFor(pipeline, options.createdAt);
    store.machines.set(machine.arn, machine);
  }
  for (const machine of others) store.machines.set(machine.arn, machine);
  const isOther = ({ machine: { arn } }: StoredExecution) => others.some((other) => other.arn === arn);
  const observer: ExecutionObserver = {
    onEvent: options.onHistoryEvent,
    onStatus(stored) {
      const life = lifeOf(stored, deps.clock.now());
      lives.set(stored.arn, [...(lives.get(stored.arn) ?? []), life]);
      if (!isOther(stored)) options.onLife(stored, life);
      void bus.publish(executionStatusEvent(stored, deps.clock.now()));
    },
  };
  return {
    store,
    lives,
    deploy(name) {
      for (const pipeline of options.pipelines.filter((known) => known.name === name)) {
        const { definition, machine, arn } = amendedMachineFor(pipeline);
        const known = findMachine(store, arn);
        store.machines.set(arn, { ...known, definition, machine });
      }
    },
    history: ({ executionArn }) => ({ events: findExecution(store, executionArn).execution.history }),
    describeMachine: (input) => describeStateMachine(store, input),
    start(input) {
      const { arn, execution } = beginExecution(store, deps, observer, input);
      return { executionArn: arn, startDate: execution.startedAt / 1000 };
    },
    describe({ executionArn }, asOf) {
      const stored = findExecution(store, executionArn);
      const life = lifeAt(lives, stored.arn, asOf) ?? (lives.get(stored.arn)?.[0] as ExecutionLife);
      const { status, redriveCount } = life;
      return Object.assign(executionDescription(stored, deps.clock.now()), { status, redriveCount });
    },
    list: (input, asOf) => listAsOf(store, lives, input, asOf),
    stop: (input) => stopExecution(store, input),
    redrive: (input) => redriveExecution(store, deps.clock, observer, input),
    tags: {
      list: (input) => listTags(store, input),
      add: (input) => tagResource(store, input),
      remove: (input) => untagResource(store, input),
    },
  };
}

function lifeOf(stored: StoredExecution, at: number): ExecutionLife {
  const { redriveCount } = stored.execution;
  return { at, status: executionStatus(stored), redriveCount, redrivenAt: stored.redrive?.at };
}

function lifeAt(lives: StepFunctionsModel['lives'], arn: string, at: number): ExecutionLife | undefined {
  return lives.get(arn)?.findLast((life) => life.at <= at);
}

/** ListExecutions over all pages at once, newest first, as the list was at a moment. */
function listAsOf(
  store: Store,
  lives: StepFunctionsModel['lives'],
  { stateMachineArn, statusFilter }: { readonly stateMachineArn: string; readonly statusFilter?: string },
  asOf: number,
): object {
  const machine = findMachine(store, stateMachineArn);
  const executions = [...store.executions.values()].toReversed().flatMap((stored) => {
    if (stored.machine.arn !== machine.arn) return [];
    const life = lifeAt(lives, stored.arn, asOf);
    if (life === undefined || (statusFilter !== undefined && life.status !== statusFilter)) return [];
    return [
      {
        executionArn: stored.arn,
        stateMachineArn,
        name: stored.name,
        status: life.status,
        startDate: stored.execution.startedAt / 1000,
        ...(life.status === 'RUNNING' ? {} : { stopDate: life.at / 1000 }),
        ...(life.redrivenAt === undefined ? {} : { redriveDate: life.redrivenAt / 1000 }),
      },
    ];
  });
  return { executions };
}
