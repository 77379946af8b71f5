import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type {
  FunctionInvoker,
  FunctionResult,
  RequestContext,
  SendToQueue,
  Service,
} from '../../contracts.ts';
import { supportTable } from '../../support-table.ts';
import { type AsyncInvocations, createAsyncInvocations } from './async-invocations.ts';
import { createFunctionCatalogue, type FunctionSpec, functionConfiguration } from './functions.ts';
import { createInvocationLogs } from './invocation-log.ts';
import { invokeOperation } from './invoke-operation.ts';
import { type InvokeInput, validateInvoke } from './invoke-request.ts';
import type { LineMessage } from './runtime/messages.ts';
import { createSandboxes, type SandboxInvocation } from './sandboxes.ts';
import { type EnvironmentSettings, workerFunction } from './worker-function.ts';

export interface LambdaServiceOptions {
  readonly functions: readonly FunctionSpec[];
  readonly clock: Clock;
  /** Called when the first handler is loaded, once the endpoint's address is known. */
  readonly settings: () => EnvironmentSettings;
  readonly sendToQueue: SendToQueue;
  /** Receives every line a handler prints; `runtime` stands for the runtime itself. */
  readonly onLog: (functionName: string, line: string) => void;
  /** Heap of the thread that all handlers share, in MB. @default 1024 */
  readonly heapMb?: number;
  /** What pauses before another attempt of an event sleep on. @default the clock */
  readonly waits?: Clock;
  /** Stands around invocations by Step Functions and by events; those of Invoke pass. @default nothing */
  readonly disturb?: (
    invocation: SandboxInvocation,
    run: () => Promise<FunctionResult>,
  ) => Promise<FunctionResult>;
}

/** The local Lambda: real handler files, run in a worker thread of this process. */
export interface LambdaService {
  readonly service: Service;
  readonly invoker: FunctionInvoker;
  /** Invocation type Event: resolves when the event is accepted. @throws AwsError as Invoke */
  invokeAsync(functionName: string, payload: string): Promise<void>;
  /** Starts the thread and imports every handler, so that the first invocation does not wait for that. */
  warm(): Promise<void>;
  /** Resolves when no asynchronous invocation runs or waits for a retry. */
  idle(): Promise<void>;
  /** Ends the threads and whatever runs in them. */
  close(): Promise<void>;
}

/** @see LambdaService */
export function createLambdaService(options: LambdaServiceOptions): LambdaService {
  const { clock, sendToQueue, onLog } = options;
  const catalogue = createFunctionCatalogue(options.functions);
  const logs = createInvocationLogs();
  const threadOptions = () => ({
    functions: catalogue.all.map((spec) => workerFunction(spec, options.settings())),
    heapMb: options.heapMb ?? 1024,
    onLine(message: LineMessage) {
      logs.add(message);
      onLog(message.functionName, message.line);
    },
  });
  const sandboxes = createSandboxes({ clock, threadOptions });
  const disturb = options.disturb ?? ((_invocation, run) => run());
  const runDisturbed = (invocation: SandboxInvocation) =>
    disturb(invocation, () => sandboxes.run(invocation));
  const queueOf = (run: (invocation: SandboxInvocation) => Promise<FunctionResult>) =>
    createAsyncInvocations({ clock: options.waits ?? clock, sendToQueue, run });
  const [askedQueue, eventQueue] = [queueOf(sandboxes.run), queueOf(runDisturbed)];
  const invokeThrough =
    (queue: AsyncInvocations) => (input: InvokeInput, context: Pick<RequestContext, 'requestId'>) =>
      invokeOperation({ catalogue, sandboxes, queue, logs }, input, context);

  return {
    service: {
      name: 'lambda',
      operations: {
        Invoke: invokeThrough(askedQueue),
        ListFunctions: async () => ({ Functions: catalogue.all.map(functionConfiguration) }),
      },
    },
    invoker: {
      async invoke(functionName, payload) {
        const event = validateInvoke({ FunctionName: functionName, Payload: payload });
        const invocation = { spec: catalogue.find(functionName), payload: event, requestId: randomUUID() };
        return runDisturbed(invocation);
      },
    },
    async invokeAsync(functionName, payload) {
      const input = { FunctionName: functionName, InvocationType: 'Event', Payload: payload };
      await invokeThrough(eventQueue)(input, { requestId: randomUUID() });
    },
    warm: () => sandboxes.warm(catalogue.all.map((spec) => spec.name)),
    idle: async () => void (await Promise.all([askedQueue.idle(), eventQueue.idle()])),
    async close() {
      askedQueue.close();
      eventQueue.close();
      await sandboxes.close();
    },
  };
}

/** What the local Lambda does. */
export const LAMBDA_SUPPORT = supportTable(`
  Invoke | | supported | RequestResponse, Event and DryRun; 6 MB, and 1 MB for Event.
  Invoke | InvocationType Event | supported | Two retries, after one and two minutes, then the on-failure queue.
  Invoke | Qualifier | partial | $LATEST only: there are no versions.
  Invoke | LogType | supported |
  Invoke | ClientContext | supported |
  Invoke | environments | partial | All functions share one thread, with module instances and environment variables of their own. After a timeout or a fatal error new invocations get a new thread; the old one ends when its other invocations are done, and an abandoned handler may go on until then. A handler that ends the thread itself takes the others with it.
  Invoke | limits | partial | Timeouts hold. Memory is one limit for all functions, and there is no limit of concurrency.
  ListFunctions | | partial | On one page.
`);
