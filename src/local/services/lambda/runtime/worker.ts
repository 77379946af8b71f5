/** Entry point of the worker thread in which the handlers run. */
import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { type ErrorPayload, errorPayload, runtimeError } from './error-payload.ts';
import { type Handler, hideInstances, loadHandler, separateModuleInstances } from './handler-loading.ts';
import type {
  FromWorker,
  InvokeMessage,
  SettledMessage,
  ToWorker,
  WorkerFunction,
  WorkerSettings,
} from './messages.ts';
import { moveDate } from './move-date.ts';
import { captureOutput, currentScope, runInScope, type Scope, scopeEnvironment } from './scope.ts';

interface LoadedFunction {
  readonly scope: Scope;
  handler: Promise<Handler> | undefined;
}

const functions = new Map<string, LoadedFunction>();
const settings = workerData as WorkerSettings;
if (settings.movedMs !== 0) moveDate(settings.movedMs);
for (const fn of settings.functions) {
  const scope = { fn, environment: { ...fn.environment }, requestId: undefined };
  functions.set(fn.name, { scope, handler: undefined });
}

function send(message: FromWorker): void {
  parentPort?.postMessage(message);
}

function load(functionName: string): Promise<Handler> {
  const loaded = functions.get(functionName);
  if (!loaded) return Promise.reject(new Error(`the worker knows no function ${functionName}`));
  loaded.handler ??= runInScope(loaded.scope, () => loadHandler(loaded.scope.fn));
  return loaded.handler;
}

async function invoke(call: InvokeMessage): Promise<void> {
  const settle = (result: SettledMessage['result'], value: unknown) =>
    send({ kind: 'settled', requestId: call.requestId, result, payload: JSON.stringify(value ?? null) });
  const loaded = functions.get(call.functionName);
  if (!loaded) return;
  const scope = { ...loaded.scope, requestId: call.requestId };
  try {
    const handler = await load(call.functionName);
    const context = handlerContext(scope.fn, call);
    const answer = await runInScope(scope, async () => handler(JSON.parse(call.event), context));
    settle('answer', await serialisable(answer));
  } catch (error) {
    const payload = readablePayload(error);
    runInScope(scope, () => console.error(`Invoke Error \t${JSON.stringify(payload)}`));
    settle('error', payload);
  }
}

async function serialisable(answer: unknown): Promise<unknown> {
  try {
    JSON.stringify(answer);
    return answer;
  } catch {
    throw new Error('Unable to stringify response body');
  }
}

/** An error that no handler caught ends the real runtime; here it ends the invocation it belongs to. */
function die(error: unknown): void {
  const requestId = currentScope()?.requestId;
  if (requestId === undefined) throw error;
  send({ kind: 'settled', requestId, result: 'fatal', payload: JSON.stringify(readablePayload(error)) });
}

function readablePayload(error: unknown): ErrorPayload {
  const payload = errorPayload(error);
  return { ...payload, trace: payload.trace.map(hideInstances) };
}

process.on('unhandledRejection', (reason) => die(runtimeError('UnhandledPromiseRejection', String(reason))));
process.on('uncaughtException', die);
enableCompileCache(settings.compileCacheFolder);
scopeEnvironment();
separateModuleInstances();
captureOutput(send);
parentPort?.on('message', async (message: ToWorker) => {
  if (message.kind === 'invoke') return invoke(message);
  await load(message.functionName).catch(() => undefined);
  send({ kind: 'loaded', functionName: message.functionName });
});

/**
 * The context object of one invocation, with the members that AWS's Node runtime gives it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
function handlerContext(fn: WorkerFunction, call: InvokeMessage): object {
  const deadline = performance.now() + call.remainingMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: fn.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: fn.arn,
    memoryLimitInMB: String(fn.memoryMb),
    awsRequestId: call.requestId,
    logGroupName: fn.environment.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: fn.environment.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: call.clientContext === undefined ? undefined : JSON.parse(call.clientContext),
    identity: undefined,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
}
