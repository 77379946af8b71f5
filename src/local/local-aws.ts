import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../clock.ts';
import type { Chaos } from './chaos/chaos.ts';
import type { PeekedQueue, Warehouse } from './contracts.ts';
import { createEndpoint } from './endpoint/endpoint.ts';
import type { Pages } from './endpoint/pages.ts';
import { createDmsService } from './services/dms/create-dms.ts';
import type { TaskSpec } from './services/dms/task.ts';
import { createEventsService } from './services/events/create-events.ts';
import type { RuleSpec } from './services/events/rules.ts';
import { createLambdaService } from './services/lambda/create-lambda.ts';
import type { FunctionSpec } from './services/lambda/functions.ts';
import { createRedshiftDataService } from './services/redshift-data/redshift-data.ts';
import { createSnsService } from './services/sns/create-sns.ts';
import { createSqsService } from './services/sqs/create-sqs.ts';
import type { QueueSpec } from './services/sqs/queue.ts';
import {
  createStepFunctionsService,
  type MachineSource,
  type StepFunctionsService,
} from './services/stepfunctions/create-step-functions.ts';
import { createWarehouse, startingWarehouse } from './warehouse/create-warehouse.ts';

/** What the local AWS consists of. */
export interface LocalAwsOptions {
  /** TCP port of the endpoint; 0 takes any free one. */
  readonly port: number;
  readonly machines: readonly MachineSource[];
  readonly rules: readonly RuleSpec[];
  readonly functions: readonly FunctionSpec[];
  readonly queues: readonly QueueSpec[];
  /** Names of the topics. */
  readonly topics: readonly string[];
  readonly tasks: readonly TaskSpec[];
  /** Names under which the warehouse is known to the Data API. */
  readonly clusters: readonly string[];
  readonly workgroups: readonly string[];
  /** The warehouse, which may be starting still; the local AWS closes it. @default one that is started now */
  readonly warehouse?: Promise<Warehouse> | undefined;
  /** Web pages at the same address, for what is no request to AWS. @default there are none */
  readonly pages?: Pages | undefined;
  /** Gets each message that is published to a topic, its subject where it has one, and the texts of protocols with one of their own. */
  onNotification(message: string, subject?: string, forms?: Readonly<Record<string, string>>): void;
  /** Gets each line that a function logs. */
  onLog(functionName: string, line: string): void;
  /** Gets each line of a DMS task's log: why a table, or a row of it, was not loaded. @default nobody reads it */
  readonly onTaskLog?: ((task: string, line: string) => void) | undefined;
  /** Gets a line when something takes longer than usual. */
  report(line: string): void;
  /** @default the system's clock */
  readonly clock?: Clock | undefined;
  /** What state machines' Wait states and retries, and pauses before retries of events, sleep on. @default the clock */
  readonly waits?: Clock | undefined;
  /** Faults for what functions and events do. @default none */
  readonly chaos?: Chaos | undefined;
}

/** The local AWS as a whole, behind one endpoint. */
export interface LocalAws {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
  readonly warehouse: Warehouse;
  readonly stepFunctions: StepFunctionsService;
  /** What the queues hold now; nothing is received by that. */
  peekQueues(): readonly PeekedQueue[];
  /** Resolves when no task runs and no event, invocation or retry of one is under way. */
  idle(): Promise<void>;
  /** Ends everything that was started and leaves nothing behind. */
  close(): Promise<void>;
}

/**
 * Starts the local AWS with the given parts. The handlers are loaded while the warehouse starts, so that the first invocation
 * does not wait for that.
 * @throws PortInUseError, WarehouseServerError
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const starting = options.warehouse ?? createWarehouse({ report: options.report });
  const warehouse = startingWarehouse(starting);
  let end = warehouse.close;
  try {
    const { localAws, warm } = await assemble(options, warehouse);
    end = localAws.close;
    await Promise.all([starting, warm()]);
    return localAws;
  } catch (error) {
    await end();
    throw error;
  }
}

async function assemble(options: LocalAwsOptions, warehouse: Warehouse) {
  const { chaos } = options;
  let url = '';
  const settings = { endpointUrl: '' };
  const services = createServices(options, warehouse, { url: () => url, settings: () => settings });
  for (const machine of options.machines) services.stepFunctions.createMachine(machine);

  const served = Object.values(services).map(({ service }) => service);
  const endpoint = await createEndpoint({ services: served, port: options.port, pages: options.pages });
  url = endpoint.url;
  // Calls of functions are known by the door they come through.
  const functionsDoor =
    chaos && (await createEndpoint({ services: served, port: 0, intercept: chaos.intercept }));
  settings.endpointUrl = functionsDoor?.url ?? url;
  services.events.startSchedules();

  const { dms, events, lambda, redshiftData, sqs, stepFunctions } = services;
  const localAws: LocalAws = {
    url,
    warehouse,
    stepFunctions,
    peekQueues: sqs.peek,
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
  return { localAws, warm: lambda.warm };
}

/** What is known once the endpoint listens. */
interface Addresses {
  url(): string;
  settings(): { readonly endpointUrl: string };
}

function createServices(options: LocalAwsOptions, warehouse: Warehouse, { url, settings }: Addresses) {
  const { functions, rules, queues, topics, tasks, clusters, workgroups, onLog, chaos } = options;
  const { clock = systemClock, waits = clock } = options;
  const sqs = createSqsService({ queues, clock, endpointUrl: url });
  const sns = createSnsService({
    topics,
    onNotification: ({ message, subject, forms }) => options.onNotification(message, subject, forms),
    queues: sqs,
    clock,
  });
  const disturbInvocations = chaos ? { disturb: chaos.disturbInvocation } : {};
  const queueing = { clock, sendToQueue: sqs.send };
  const lambda = createLambdaService({
    ...{ functions, waits, settings, onLog },
    ...queueing,
    ...disturbInvocations,
  });
  const disturbEvents = chaos ? { disturb: chaos.disturbEvent } : {};
  const events = createEventsService({
    rules,
    invokeAsync: lambda.invokeAsync,
    ...queueing,
    ...disturbEvents,
  });
  const { bus } = events;
  const { publish } = sns;
  const stepFunctions = createStepFunctionsService({
    ...{ functions: lambda.invoker, publish },
    ...{ events: bus, clock, waits },
  });
  const dms = createDmsService({ tasks, warehouse, bus, clock, onLog: options.onTaskLog });
  const disturbance = chaos?.disturbStatement;
  const statements = { warehouse, clock, ids: randomUUID, bus, disturbance, clusters, workgroups };
  const redshiftData = createRedshiftDataService(statements);
  return { redshiftData, stepFunctions, dms, events, lambda, sqs, sns };
}
