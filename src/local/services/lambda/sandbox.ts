import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type {
  FromWorker,
  InvokeMessage,
  LineMessage,
  SettledMessage,
  ToWorker,
  WorkerFunction,
  WorkerSettings,
} from './runtime/messages.ts';

/** How one invocation inside a sandbox ended. `exited`: the thread died under it; the payload says why. */
export interface SandboxOutcome {
  readonly result: SettledMessage['result'] | 'exited';
  /** JSON text. */
  readonly payload: string;
}

/** One worker thread in which handlers run. */
export interface Sandbox {
  /** Imports the function's module, if that has not happened yet. */
  load(functionName: string): Promise<void>;
  invoke(call: Omit<InvokeMessage, 'kind'>): Promise<SandboxOutcome>;
  /** Forgets an invocation: whatever it still does, its answer is not waited for. */
  abandon(requestId: string): void;
  /** Takes no more work after this: ends the thread as soon as no invocation is waited for. */
  retire(): void;
  /** Ends the thread at once. */
  terminate(): Promise<void>;
}

export interface SandboxOptions {
  readonly functions: readonly WorkerFunction[];
  readonly onLine: (message: LineMessage) => void;
  /** Called once, when the thread has ended. */
  readonly onExit: () => void;
  /** Heap of the thread in MB. */
  readonly heapMb: number;
}

/** Starts a worker thread. What its handlers print goes to `onLine`, never to this process' own output. */
export function startSandbox(options: SandboxOptions): Sandbox {
  const pending = new Map<string, (outcome: SandboxOutcome) => void>();
  const loading = new Map<string, (() => void)[]>();
  let retired = false;
  let exitReason: string | undefined;
  const worker = startWorker(options);

  const endIfIdle = () => {
    if (retired && pending.size === 0) void worker.terminate();
  };
  const settle = (requestId: string, outcome: SandboxOutcome) => {
    pending.get(requestId)?.(outcome);
    pending.delete(requestId);
    endIfIdle();
  };
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'line') options.onLine(message);
    else if (message.kind === 'settled') settle(message.requestId, message);
    else {
      for (const done of loading.get(message.functionName) ?? []) done();
      loading.delete(message.functionName);
    }
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    exitReason = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'signal: killed' : 'exit status 129';
    options.onLine({
      kind: 'line',
      functionName: 'runtime',
      requestId: undefined,
      line: String(error.stack),
    });
  });
  worker.on('exit', (code) => {
    exitReason ??= `exit status ${code}`;
    for (const done of [...loading.values()].flat()) done();
    for (const requestId of [...pending.keys()]) settle(requestId, exited(requestId, exitReason));
    options.onExit();
  });
  const post = (message: ToWorker) => worker.postMessage(message);

  return {
    load: (functionName) =>
      new Promise((resolve) => {
        if (exitReason !== undefined) return resolve();
        loading.set(functionName, [...(loading.get(functionName) ?? []), resolve]);
        post({ kind: 'load', functionName });
      }),
    invoke: (call) =>
      new Promise((resolve) => {
        if (exitReason !== undefined) return resolve(exited(call.requestId, exitReason));
        pending.set(call.requestId, resolve);
        post({ kind: 'invoke', ...call });
      }),
    abandon(requestId) {
      pending.delete(requestId);
      endIfIdle();
    },
    retire() {
      retired = true;
      endIfIdle();
    },
    terminate: async () => void (await worker.terminate()),
  };
}

const COMPILE_CACHE = fileURLToPath(
  new URL('../../../../node_modules/.cache/elt-local-lambda/', import.meta.url),
);

/** Worker threads start with the stack's own command line removed: loaders and inspectors are not the handlers' business. */
function startWorker(options: SandboxOptions): Worker {
  const worker = new Worker(new URL('./runtime/worker.ts', import.meta.url), {
    workerData: { functions: options.functions, compileCacheFolder: COMPILE_CACHE } satisfies WorkerSettings,
    env: options.functions[0]?.environment ?? {},
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: options.heapMb },
  });
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      options.onLine({ kind: 'line', functionName: 'runtime', requestId: undefined, line: text.trimEnd() });
    });
  }
  return worker;
}

/** What Lambda answers when the runtime process ends before the handler has. */
function exited(requestId: string, reason: string): SandboxOutcome {
  const how =
    reason === 'exit status 0'
      ? 'Runtime exited without providing a reason'
      : `Runtime exited with error: ${reason}`;
  const errorMessage = `RequestId: ${requestId} Error: ${how}`;
  return { result: 'exited', payload: JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage }) };
}
