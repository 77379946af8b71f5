import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../../../clock.ts';
import { epochSeconds } from '../../answer-members.ts';
import {
  type EventBus,
  type FunctionInvoker,
  type JsonObject,
  LOCAL_ACCOUNT,
  type Operation,
  type Service,
} from '../../contracts.ts';
import type { ExecutionEnd } from '../../engine/attempt.ts';
import type { EngineDeps } from '../../engine/branch.ts';
import type { RecordedEvent } from '../../engine/history.ts';
import {
  executionPage,
  type GetExecutionHistoryInput,
  getExecutionHistory,
  type ListExecutionsInput,
  type RedriveExecutionInput,
  redriveExecution,
  type StopExecutionInput,
  stopExecution,
} from './execution-operations.ts';
import { executionDescription, executionStatusEvent } from './execution-view.ts';
import {
  type CreateStateMachineInput,
  createStateMachine,
  deleteStateMachine,
  describeStateMachine,
  listStateMachines,
  type UpdateStateMachineInput,
  updateStateMachine,
} from './machine-operations.ts';
import type { PageRequest } from './pages.ts';
import { beginExecution, type ExecutionObserver, type StartExecutionInput } from './start-execution.ts';
import { createStore, findExecution, KEPT_EVENTS, type Store } from './store.ts';
import { substitute } from './substitute.ts';
import {
  listTags,
  type Tag,
  type TagResourceInput,
  tagResource,
  type UntagResourceInput,
  untagResource,
} from './tag-operations.ts';

export interface StepFunctionsOptions {
  readonly functions: FunctionInvoker;
  /** SNS's Publish, for the integration. @default none */
  readonly publish?: NonNullable<EngineDeps['publish']>;
  readonly events: EventBus;
  /** @default the machine's own clock */
  readonly clock?: Clock;
  /** What Wait states and pauses before a retry sleep on. @default the clock */
  readonly waits?: Clock;
  /** @default Math.random */
  readonly random?: () => number;
  /** Events of ended executions that are kept at once. @default 25,000 */
  readonly keptEvents?: number;
  /** @default random UUIDs */
  readonly createId?: () => string;
}

export type HistoryListener = (executionArn: string, event: RecordedEvent) => void;

/** The local Step Functions: the service to serve, and the same things in process. */
export interface StepFunctionsService {
  readonly service: Service;
  /**
   * Creates a machine from a definition object, `${key}` in it replaced as CloudFormation's DefinitionSubstitutions do.
   * Answers its ARN. @throws AwsError InvalidDefinition and the others of CreateStateMachine
   */
  createMachine(machine: MachineSource): string;
  /** Starts an execution and answers its ARN. @throws AwsError as StartExecution */
  start(request: StartExecutionInput): string;
  /** Resolves when the execution has ended. @throws AwsError ExecutionDoesNotExist */
  waitForEnd(executionArn: string): Promise<ExecutionEnd>;
  /** Tells every history event as it happens; answers how to stop that. */
  onHistoryEvent(listener: HistoryListener): () => void;
  /** Stops all timers; running executions stay as they are. */
  close(): void;
}
export interface MachineSource {
  readonly name: string;
  readonly definition: JsonObject;
  readonly substitutions?: Readonly<Record<string, string>>;
  readonly roleArn?: string;
  readonly tags?: readonly Tag[];
}

const LOCAL_ROLE = `arn:aws:iam::${LOCAL_ACCOUNT}:role/step-functions`;

/** A Step Functions with nothing in it. */
export function createStepFunctionsService(options: StepFunctionsOptions): StepFunctionsService {
  const { functions, events, clock = systemClock, random = Math.random, createId = randomUUID } = options;
  const { publish } = options;
  const waits = options.waits ?? clock;
  const deps: EngineDeps = { functions, clock, waits, random, createId, ...(publish && { publish }) };
  const store = createStore(options.keptEvents ?? KEPT_EVENTS);
  const listeners = new Set<HistoryListener>();
  const observer: ExecutionObserver = {
    onEvent(stored, event) {
      for (const listener of listeners) listener(stored.arn, event);
    },
    onStatus: (stored) => void events.publish(executionStatusEvent(stored, clock.now())).catch(() => {}),
  };
  return {
    service: {
      name: 'stepfunctions',
      json: { targetPrefix: 'AWSStepFunctions', version: '1.0' },
      operations: createOperations(store, deps, observer),
    },
    createMachine({ name, definition, substitutions = {}, roleArn = LOCAL_ROLE, tags = [] }) {
      const text = JSON.stringify(substitute(definition, substitutions));
      return createStateMachine(store, clock.now(), { name, definition: text, roleArn, tags }).arn;
    },
    start: (request) => beginExecution(store, deps, observer, request).arn,
    waitForEnd: async (arn) => await findExecution(store, arn).execution.whenEnded(),
    onHistoryEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      for (const { execution } of store.executions.values()) execution.dispose();
    },
  };
}

function createOperations(
  store: Store,
  deps: EngineDeps,
  observer: ExecutionObserver,
): Record<string, Operation> {
  const now = () => deps.clock.now();
  return {
    CreateStateMachine: async (input: CreateStateMachineInput) => {
      const { arn, createdAt } = createStateMachine(store, now(), input);
      return { stateMachineArn: arn, creationDate: epochSeconds(createdAt) };
    },
    UpdateStateMachine: async (input: UpdateStateMachineInput) => {
      updateStateMachine(store, input);
      return { updateDate: epochSeconds(now()), revisionId: deps.createId() };
    },
    DeleteStateMachine: async (input: { stateMachineArn: string }) => deleteStateMachine(store, input),
    DescribeStateMachine: async (input: { stateMachineArn: string }) => describeStateMachine(store, input),
    ListStateMachines: async (input: PageRequest) => listStateMachines(store, input),
    StartExecution: async (input: StartExecutionInput) => {
      const { arn, execution } = beginExecution(store, deps, observer, input);
      return { executionArn: arn, startDate: epochSeconds(execution.startedAt) };
    },
    DescribeExecution: async (input: { executionArn: string }) =>
      executionDescription(findExecution(store, input.executionArn), now()),
    ListExecutions: async (input: ListExecutionsInput) => executionPage(store, input),
    GetExecutionHistory: async (input: GetExecutionHistoryInput) => getExecutionHistory(store, input),
    StopExecution: async (input: StopExecutionInput) => stopExecution(store, input),
    RedriveExecution: async (input: RedriveExecutionInput) =>
      redriveExecution(store, deps.clock, observer, input),
    ListTagsForResource: async (input: { resourceArn: string }) => listTags(store, input),
    TagResource: async (input: TagResourceInput) => tagResource(store, input),
    UntagResource: async (input: UntagResourceInput) => untagResource(store, input),
  };
}
