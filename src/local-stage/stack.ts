import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../clock.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import type { Chaos } from '../local/chaos/chaos.ts';
import type { Warehouse } from '../local/contracts.ts';
import { createEndpoint } from '../local/endpoint/endpoint.ts';
import { createDms } from '../local/services/dms/create-dms.ts';
import { createEvents } from '../local/services/events/create-events.ts';
import { createLambda } from '../local/services/lambda/create-lambda.ts';
import type { FunctionSpec } from '../local/services/lambda/functions.ts';
import { createRedshiftData } from '../local/services/redshift-data/redshift-data.ts';
import { createSns } from '../local/services/sns/create-sns.ts';
import { createSqs } from '../local/services/sqs/create-sqs.ts';
import {
  createStepFunctions,
  type StepFunctions,
} from '../local/services/stepfunctions/create-step-functions.ts';
import { createWarehouse } from '../local/warehouse/create-warehouse.ts';
import { startingWarehouse } from '../local/warehouse/starting-warehouse.ts';
import { localRules } from './local-rules.ts';
import {
  DEAD_LETTER_QUEUE,
  FAILURE_QUEUE,
  LOCAL_CLUSTER,
  LOCAL_WORKGROUP,
  type LocalTask,
  machineOf,
  NOTIFICATION_TOPIC,
  stageEnvironment,
  withFailureQueue,
} from './local-stage.ts';

export interface StackOptions {
  /** TCP port of the endpoint; 0 takes any free one. */
  readonly port: number;
  readonly pipelines: readonly Pipeline[];
  readonly tasks: readonly LocalTask[];
  readonly functions: readonly FunctionSpec[];
  /** The warehouse, which may be starting still; the stack closes it. @default one that is started now */
  readonly warehouse?: Promise<Warehouse>;
  /** Gets each message that is published to the notification topic, and its subject where it has one. */
  onNotification(message: string, subject?: string): void;
  /** Gets each line that a function logs. */
  onLog(functionName: string, line: string): void;
  /** Gets each line of a DMS task's log: why a table, or a row of it, was not loaded. @default nobody reads it */
  readonly onTaskLog?: ((task: string, line: string) => void) | undefined;
  /** Gets a line when something takes longer than usual. */
  report(line: string): void;
  /** What state machines' Wait states and retries, and pauses before retries of events, sleep on. @default the system's clock */
  readonly waits?: Clock | undefined;
  /** Faults for what functions and events do. @default none */
  readonly chaos?: Chaos | undefined;
}

/** The local AWS as a whole: what a deployed stage would have, behind one endpoint. */
export interface Stack {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
  readonly warehouse: Warehouse;
  readonly stepFunctions: StepFunctions;
  /** Resolves when no task runs and no event, invocation or retry of one is under way. */
  idle(): Promise<void>;
  /** Ends everything that was started and leaves nothing behind. */
  close(): Promise<void>;
}

/**
 * Starts the local AWS for the given pipelines, tasks and functions. The handlers are loaded while the warehouse starts, so that
 * the first invocation does not wait for that.
 * @throws PortInUseError, WarehouseServerError
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const starting = options.warehouse ?? createWarehouse({ report: options.report });
  const warehouse = startingWarehouse(starting);
  let end = warehouse.close;
  try {
    const { stack, warm } = await assemble(options, systemClock, warehouse);
    end = stack.close;
    await Promise.all([starting, warm()]);
    return stack;
  } catch (error) {
    await end();
    throw error;
  }
}

async function assemble(options: StackOptions, clock: Clock, warehouse: Warehouse) {
  const { chaos, waits = clock } = options;
  let url = '';
  const environment = {
    endpointUrl: '',
    environment: stageEnvironment(options.tasks),
  };
  const queues = [DEAD_LETTER_QUEUE, FAILURE_QUEUE].map((name) => ({ name }));
  const sqs = createSqs({ queues, clock, endpointUrl: () => url });
  const sns = createSns({
    topics: [NOTIFICATION_TOPIC],
    onNotification: ({ message, subject }) => options.onNotification(message, subject),
  });
  const lambda = createLambda({
    functions: options.functions.map(withFailureQueue),
    clock,
    waits,
    ...(chaos ? { disturb: chaos.disturbInvocation } : {}),
    settings: () => environment,
    sendToQueue: sqs.send,
    onLog: options.onLog,
  });
  const events = createEvents({
    rules: localRules(options.tasks, options.pipelines),
    clock,
    ...(chaos ? { disturb: chaos.disturbEvent } : {}),
    invokeAsync: lambda.invokeAsync,
    sendToQueue: sqs.send,
  });
  const { bus } = events;
  const stepFunctions = createStepFunctions({ functions: lambda.invoker, events: bus, clock, waits });
  const dms = createDms({ tasks: options.tasks, warehouse, bus, clock, onLog: options.onTaskLog });
  const target = { clusters: [LOCAL_CLUSTER], workgroups: [LOCAL_WORKGROUP] };
  const disturbance = chaos?.disturbStatement;
  const redshiftData = createRedshiftData({ warehouse, clock, ids: randomUUID, bus, disturbance, ...target });
  for (const pipeline of options.pipelines) stepFunctions.createMachine(machineOf(pipeline));

  const services = [redshiftData, stepFunctions, dms, events, lambda, sqs, sns].map(({ service }) => service);
  const endpoint = await createEndpoint({ services, port: options.port });
  url = endpoint.url;
  // Calls of functions are known by the door they come through.
  const functionsDoor = chaos && (await createEndpoint({ services, port: 0, intercept: chaos.intercept }));
  environment.endpointUrl = functionsDoor?.url ?? url;
  events.startSchedules();

  const stack: Stack = {
    url,
    warehouse,
    stepFunctions,
    idle: async () => {
      await dms.idle();
      await chaos?.idle();
      await events.idle();
      await lambda.idle();
    },
    close: async () => {
      events.close();
      chaos?.close();
      stepFunctions.close();
      await Promise.all([lambda.close(), dms.close(), endpoint.close(), functionsDoor?.close()]);
      await redshiftData.close();
      await warehouse.close();
    },
  };
  return { stack, warm: lambda.warm };
}
