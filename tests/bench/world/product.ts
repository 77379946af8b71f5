import { AsyncLocalStorage } from 'node:async_hooks';
import type { DeployedFunction } from '../../../src/compile/template/function-names.ts';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import type { EventBus, FunctionInvoker } from '../../../src/local/contracts.ts';
import { type BusEvent, busEvent } from '../../../src/local/services/events/event-envelope.ts';
import type { StoredExecution } from '../../../src/local/services/stepfunctions/store.ts';
import { readDeployedFunctions } from '../../../src/local-stage/deployed-functions.ts';
import { LOCAL_CLUSTER, LOCAL_DATABASE, LOCAL_STAGE } from '../../../src/local-stage/local-stage.ts';
import { stepFunctionsOperations } from '../../../src/simulation/aws/operations.ts';
import { createStepFunctionsModel } from '../../../src/simulation/aws/step-functions-model.ts';
import { describeTables, describeTasks } from '../../../src/simulation/dms/dms-model.ts';
import { createFaults } from '../../../src/simulation/faults.ts';
import { createDirectClients } from '../../../src/simulation/product/direct-clients.ts';
import {
  type Clients,
  createFunction,
  type FunctionSettings,
  type ModelHandler,
} from '../../../src/simulation/product/functions.ts';
import type { ModelInvocation } from '../../../src/simulation/product/invocation.ts';
import { createModelLambda } from '../../../src/simulation/product/lambda.ts';
import { endLoad, stoppedEvent, tasksOf } from './tasks.ts';
import type { BenchWorld, Operations } from './world.ts';

/** A pipeline of the bench: a task, a staged table, and steps that each call a procedure of their own name. */
export function benchPipeline(
  name: string,
  steps: Readonly<Record<string, readonly string[]>>,
  timeoutSeconds = 86_400,
): Pipeline {
  return definePipeline({
    name,
    tasks: [`${name}-task`],
    stagedTables: ['bench.staged'],
    steps: Object.fromEntries(
      Object.entries(steps).map(([step, after]) => [
        step,
        { call: `bench.${step.toLowerCase()}`, after, timeoutSeconds, retry: { attempts: 1 } },
      ]),
    ),
  });
}

/** The product in a world: its compiled machines and handlers, and the tasks that its pipelines are about. */
export interface BenchProduct {
  /** Ends the loads of a pipeline's tasks, and hands the event to start-run. Resolves with the run. */
  finishLoad(pipeline: Pipeline): Promise<StoredExecution>;
  /** Ends the loads of all pipelines' tasks; their events come as EventBridge sends them. */
  finishLoads(): void;
  /** What the schedule does. */
  sweep(): void;
  readonly executions: ReadonlyMap<string, StoredExecution>;
  /** Invocations that were given up, as the failure queues show them. */
  readonly failures: readonly string[];
}

export interface ProductOptions {
  /** Clients in the place of those that call the world's services. */
  readonly own?: Partial<Clients>;
  /** From 0 up to, not including, 1. @default always 0.5 */
  readonly random?: () => number;
  /** Whether notify-outcome is invoked when runs end. @default false */
  readonly tells?: boolean;
}

/** Puts the product into a world. */
export function deployProduct(
  world: BenchWorld,
  pipelines: readonly Pipeline[],
  { own = {}, random = () => 0.5, tells = false }: ProductOptions = {},
): BenchProduct {
  const { clock, createId, quotas } = world;
  const tasks = pipelines.flatMap(tasksOf);
  const settings: FunctionSettings = {
    ...{ clock, random, pipelines, stage: LOCAL_STAGE, lookBackHours: 72 },
    taskArns: Object.fromEntries(tasks.map(({ identifier, arn }) => [identifier, arn])),
    target: { clusterIdentifier: LOCAL_CLUSTER, database: LOCAL_DATABASE },
  };
  const handlers = new Map<string, ModelHandler>();
  const handlerOf = (name: DeployedFunction): ModelHandler => {
    const call = world.callAs(name, operations);
    const guarded = createDirectClients(
      (operation, input) => RUNNING.getStore()?.guard(() => call(operation, input)) ?? call(operation, input),
    );
    const handler = handlers.get(name) ?? createFunction(name, { ...guarded, ...own }, settings);
    handlers.set(name, handler);
    return handler;
  };
  const lambda = createModelLambda({
    ...{ clock, createId, log: () => {}, faults: NO_FAULTS },
    functions: readDeployedFunctions().map((spec) => ({ ...spec, onFailureQueueArn: 'failures' })),
    handlerFor: (invocation) => ({
      handler: (event, context) =>
        world.invoke(invocation.functionName, () =>
          RUNNING.run(invocation, () => handlerOf(invocation.functionName)(event, context)),
        ),
      release: () => {},
    }),
  });
  quotas?.watch(lambda);
  const functions: FunctionInvoker = {
    async invoke(name, payload) {
      quotas?.admitInvocation();
      return lambda.invoker.invoke(name, payload);
    },
  };
  const bus: EventBus = {
    async publish(event) {
      if (tells && event.detail.status !== 'RUNNING')
        lambda.invokeLater(
          'notify-outcome',
          JSON.stringify(busEvent({ id: createId(), time: clock.now(), ...event })),
        );
    },
  };
  const stepFunctions = createStepFunctionsModel({
    ...{ pipelines, createdAt: clock.now(), bus },
    deps: { clock, functions, random, createId },
    ...{ onHistoryEvent: () => {}, onLife: () => {} },
  });
  const operations: Operations = {
    ...Object.fromEntries(
      Object.entries(stepFunctionsOperations(stepFunctions, () => clock.now())).map(([name, { run }]) => [
        name,
        run,
      ]),
    ),
    DescribeReplicationTasks: (input: object) => describeTasks(tasks, input, clock.now()),
    DescribeTableStatistics: (input: { readonly ReplicationTaskArn: string }) => describeTables(tasks, input),
    Publish: () => ({ MessageId: createId() }),
  };
  const endLoads = (identifiers: readonly string[]): readonly BusEvent[] =>
    tasks
      .filter(({ identifier }) => identifiers.includes(identifier))
      .map((task) => {
        endLoad(task, clock.now());
        return stoppedEvent(task, createId(), clock.now());
      });
  return {
    executions: stepFunctions.store.executions,
    failures: lambda.failures,
    async finishLoad(pipeline) {
      const events = endLoads(pipeline.tasks);
      const { payload } = await lambda.request('start-run', events.at(-1) as BusEvent);
      const { executionArn = '' } = JSON.parse(payload) as { readonly executionArn?: string };
      const stored = stepFunctions.store.executions.get(executionArn);
      if (stored === undefined) throw new Error(`start-run started nothing: ${payload}`);
      return stored;
    },
    finishLoads() {
      for (const event of endLoads(tasks.map(({ identifier }) => identifier)))
        lambda.invokeLater('start-run', JSON.stringify(event));
    },
    sweep: () => lambda.invokeLater('sweep-loads', '{}'),
  };
}

/** The invocation as which a call is made: one handler serves many at once. */
const RUNNING = new AsyncLocalStorage<ModelInvocation>();

const NO_FAULTS = createFaults({ seed: 0, only: new Set(), report: () => {} });
