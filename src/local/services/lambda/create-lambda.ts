import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { Clock } from '../../../clock.ts';
import type { FunctionInvoker, FunctionResult, RequestContext, Service } from '../../contracts.ts';
import { createAsyncInvocations, type SendToQueue } from './async-invocations.ts';
import { functionConfiguration } from './function-configuration.ts';
import { type EnvironmentSettings, functionEnvironment } from './function-environment.ts';
import { createFunctionCatalogue, type FunctionSpec, functionArn, LATEST } from './functions.ts';
import { createInvocationLog, type InvocationLog } from './invocation-log.ts';
import {
  decodeClientContext,
  type InvokeInput,
  type InvokeOutput,
  validateInvoke,
} from './invoke-request.ts';
import type { WorkerFunction } from './runtime/messages.ts';
import { createSandboxes } from './sandboxes.ts';

export interface LambdaOptions {
  readonly functions: readonly FunctionSpec[];
  readonly clock: Clock;
  /** Called when the first handler is loaded, once the endpoint's address is known. */
  readonly settings: () => EnvironmentSettings;
  readonly sendToQueue: SendToQueue;
  /** Receives every line a handler prints; `runtime` stands for the runtime itself. */
  readonly onLog: (functionName: string, line: string) => void;
  /** Heap of the thread that all handlers share, in MB. @default 1024 */
  readonly heapMb?: number;
  readonly newRequestId?: () => string;
}

/** The local Lambda: real handler files, run in a worker thread of this process. */
export interface Lambda {
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

/** @see Lambda */
export function createLambda(options: LambdaOptions): Lambda {
  const catalogue = createFunctionCatalogue(options.functions);
  const newRequestId = options.newRequestId ?? randomUUID;
  const logs = new Map<string, InvocationLog>();
  const sandboxes = createSandboxes({
    clock: options.clock,
    heapMb: options.heapMb ?? 1024,
    functions: () => options.functions.map((spec) => workerFunction(spec, options.settings())),
    onLine: ({ functionName, requestId, line }) => {
      if (requestId !== undefined) logs.get(requestId)?.add(line);
      options.onLog(functionName, line);
    },
  });
  const queue = createAsyncInvocations({
    clock: options.clock,
    sendToQueue: options.sendToQueue,
    run: (spec, payload, requestId) => sandboxes.run({ spec, payload, requestId }),
  });

  const runWithLog = async (spec: FunctionSpec, payload: string, requestId: string, input: InvokeInput) => {
    const log = createInvocationLog(requestId, spec.memoryMb ?? 128);
    logs.set(requestId, log);
    const startedAt = performance.now();
    const context =
      input.ClientContext === undefined ? {} : { clientContext: decodeClientContext(input.ClientContext) };
    try {
      const result = await sandboxes.run({ spec, payload, requestId, ...context });
      return { result, logTail: log.tail(performance.now() - startedAt) };
    } finally {
      logs.delete(requestId);
    }
  };
  const invoke = async (
    input: InvokeInput,
    { requestId }: Pick<RequestContext, 'requestId'>,
  ): Promise<InvokeOutput> => {
    const payload = validateInvoke(input);
    const spec = catalogue.find(input.FunctionName, input.Qualifier);
    if (input.InvocationType === 'DryRun') return { StatusCode: 204, Payload: '' };
    if (input.InvocationType === 'Event') {
      queue.accept(spec, payload, requestId);
      return { StatusCode: 202, Payload: '' };
    }
    const { result, logTail } = await runWithLog(spec, payload, requestId, input);
    return invokeOutput(result, input.LogType === 'Tail' ? logTail : undefined);
  };

  return {
    service: {
      name: 'lambda',
      operations: {
        Invoke: invoke,
        ListFunctions: async () => ({ Functions: catalogue.all.map(functionConfiguration) }),
      },
    },
    invoker: {
      invoke(functionName, payload, signal) {
        const text = validateInvoke({ FunctionName: functionName, Payload: payload });
        const spec = catalogue.find(functionName);
        return untilAborted(sandboxes.run({ spec, payload: text, requestId: newRequestId() }), signal);
      },
    },
    async invokeAsync(functionName, payload) {
      const input = { FunctionName: functionName, InvocationType: 'Event', Payload: payload };
      await invoke(input, { requestId: newRequestId() });
    },
    warm: () => sandboxes.warm(catalogue.all.map((spec) => spec.name)),
    idle: () => queue.idle(),
    async close() {
      queue.close();
      await sandboxes.close();
    },
  };
}

function invokeOutput(result: FunctionResult, logTail: string | undefined): InvokeOutput {
  return {
    StatusCode: 200,
    ExecutedVersion: LATEST,
    Payload: result.payload,
    ...(result.functionError === undefined ? {} : { FunctionError: result.functionError }),
    ...(logTail === undefined ? {} : { LogResult: logTail }),
  };
}

function workerFunction(spec: FunctionSpec, settings: EnvironmentSettings): WorkerFunction {
  return {
    name: spec.name,
    arn: functionArn(spec.name),
    moduleUrl: typeof spec.module === 'string' ? pathToFileURL(spec.module).href : spec.module.href,
    handlerName: spec.handlerName ?? 'handler',
    memoryMb: spec.memoryMb ?? 128,
    environment: functionEnvironment(spec, settings),
  };
}

/** Stops waiting when the signal is aborted; the function itself runs on, as it does when a real caller hangs up. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
