import type { DeployedFunction } from '../../../src/compile/template/function-names.ts';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import type { FunctionInvoker } from '../../../src/local/contracts.ts';
import { busEvent } from '../../../src/local/services/events/event-envelope.ts';
import { createFunctionCatalogue } from '../../../src/local/services/lambda/functions.ts';
import type { StoredExecution } from '../../../src/local/services/stepfunctions/store.ts';
import { readDeployedFunctions } from '../../../src/local-stage/deployed-functions.ts';
import {
  LOCAL_CLUSTER,
  LOCAL_DATABASE,
  LOCAL_STAGE,
  localTaskArn,
} from '../../../src/local-stage/local-stage.ts';
import { stepFunctionsOperations } from '../../../src/simulation/aws/operations.ts';
import { createStepFunctionsModel } from '../../../src/simulation/aws/step-functions-model.ts';
import { describeTables, describeTasks } from '../../../src/simulation/dms/dms-model.ts';
import { createModelTask, type DmsTask } from '../../../src/simulation/dms/dms-task.ts';
import { createDirectClients } from '../../../src/simulation/product/direct-clients.ts';
import {
  type Clients,
  createFunction,
  type FunctionSettings,
  type ModelHandler,
} from '../../../src/simulation/product/functions.ts';
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
  /** Ends the load of a pipeline's task, and hands its event to start-run. Resolves with the run. */
  finishLoad(pipeline: Pipeline): Promise<StoredExecution>;
}

/** Puts the product into a world. @param own clients in the place of those that call the world’s services */
export function deployProduct(
  world: BenchWorld,
  pipelines: readonly Pipeline[],
  own: Partial<Clients> = {},
): BenchProduct {
  const { clock, createId } = world;
  const tasks = pipelines.map(taskOf);
  const catalogue = createFunctionCatalogue(readDeployedFunctions());
  const handlers = new Map<string, ModelHandler>();
  const settings: FunctionSettings = {
    ...{ clock, random: () => 0.5, pipelines, stage: LOCAL_STAGE, lookBackHours: 72 },
    taskArns: Object.fromEntries(tasks.map(({ identifier, arn }) => [identifier, arn])),
    target: { clusterIdentifier: LOCAL_CLUSTER, database: LOCAL_DATABASE },
  };
  const run = async (name: string, event: unknown) => {
    const { timeoutSeconds = 3 } = catalogue.find(name);
    const deadline = clock.now() + timeoutSeconds * 1000;
    const context = {
      ...{ awsRequestId: createId(), functionName: name },
      getRemainingTimeInMillis: () => deadline - clock.now(),
    };
    return handlerOf(name)(event as never, context as never);
  };
  const handlerOf = (name: string): ModelHandler => {
    const clients = { ...createDirectClients(world.callAs(name, operations)), ...own };
    const handler = handlers.get(name) ?? createFunction(name as DeployedFunction, clients, settings);
    handlers.set(name, handler);
    return handler;
  };
  const functions: FunctionInvoker = {
    async invoke(arn, payload) {
      const { name } = catalogue.find(arn);
      return world.invoke(name, async () => {
        try {
          return { payload: JSON.stringify((await run(name, JSON.parse(payload))) ?? null) };
        } catch (error) {
          const { name: errorType, message: errorMessage } = error as Error;
          return { payload: JSON.stringify({ errorType, errorMessage }), functionError: 'Unhandled' };
        }
      });
    },
  };
  const stepFunctions = createStepFunctionsModel({
    ...{ pipelines, createdAt: clock.now() },
    deps: { clock, functions, random: () => 0.5, createId },
    bus: { publish: async () => {} },
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
  };
  return {
    async finishLoad({ tasks: [identifier = ''] }) {
      const task = tasks.find((known) => known.identifier === identifier) as DmsTask;
      endLoad(task, clock.now());
      const event = busEvent({
        ...{
          id: createId(),
          source: 'aws.dms',
          detailType: 'DMS Replication Task State Change',
          time: clock.now(),
        },
        resources: [task.arn],
        detail: {
          eventId: 'DMS-EVENT-0079',
          eventType: 'REPLICATION_TASK_STOPPED',
          detailMessage: STOP_REASON,
          type: 'REPLICATION_TASK',
          category: 'StateChange',
        },
      });
      const answer = (await world.invoke('start-run', () => run('start-run', event))) as {
        readonly executionArn?: string;
      };
      const stored = stepFunctions.store.executions.get(answer.executionArn ?? '');
      if (stored === undefined) throw new Error(`start-run started nothing: ${JSON.stringify(answer)}`);
      return stored;
    },
  };
}

const STOP_REASON = 'Stop Reason FULL_LOAD_ONLY_FINISHED';
const LOAD_MS = 600_000;

function taskOf({ tasks: [identifier = ''] }: Pipeline): DmsTask {
  return createModelTask(localTaskArn(identifier), identifier, [{ name: 'staged', staged: 'bench.staged' }]);
}

/** A load of a task that ends now. */
function endLoad(task: DmsTask, now: number): void {
  const startedAt = now - LOAD_MS;
  for (const table of task.tables) Object.assign(table, { state: 'Table completed', rows: 1, endedAt: now });
  task.course.push({
    at: now,
    state: {
      ...{ status: 'stopped', stopReason: STOP_REASON },
      ...{ freshAt: startedAt, startAt: startedAt, stopAt: now, fullLoadAt: startedAt },
    },
  });
}
