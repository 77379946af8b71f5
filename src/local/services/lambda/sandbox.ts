import type { FromWorker, InvokeMessage, SettledMessage, ToWorker } from './runtime/messages.ts';
import {
  exitPayload,
  exitReason,
  runtimeLine,
  startWorkerThread,
  type WorkerThreadOptions,
} from './worker-thread.ts';

/** How one invocation inside a sandbox ended. `exited`: the thread died under it; the payload says why. */
export interface SandboxOutcome {
  readonly result: SettledMessage['result'] | 'exited';
  /** JSON text. */
  readonly payload: string;
}

/** One worker thread in which handlers run. */
export interface Sandbox {
  /** Imports the function's module, if that has not happened yet. Also resolves when the thread has ended. */
  load(functionName: string): Promise<void>;
  invoke(call: Omit<InvokeMessage, 'kind'>): Promise<SandboxOutcome>;
  /** Forgets an invocation: whatever it still does, its answer is not waited for. */
  abandon(requestId: string): void;
  /** Takes no more work after this: ends the thread as soon as no invocation is waited for. */
  retire(): void;
  /** Ends the thread at once. */
  terminate(): Promise<void>;
}

/** Starts a worker thread. @param onExit called once, when the thread has ended */
export function startSandbox(options: WorkerThreadOptions, onExit: () => void): Sandbox {
  const calls = createWaiters<SandboxOutcome>();
  const loads = createWaiters<void>();
  const worker = startWorkerThread(options);
  let isRetired = false;
  let ended: string | undefined;

  const endIfIdle = () => {
    if (isRetired && calls.size === 0) void worker.terminate();
  };
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'line') options.onLine(message);
    if (message.kind === 'loaded') loads.settle(message.functionName, undefined);
    if (message.kind === 'settled') calls.settle(message.requestId, message);
    endIfIdle();
  });
  worker.on('error', (error: Error) => {
    ended = exitReason(error);
    options.onLine(runtimeLine(String(error.stack)));
  });
  worker.on('exit', (code) => {
    const reason = ended ?? `exit status ${code}`;
    ended = reason;
    loads.settleAll(() => undefined);
    calls.settleAll((requestId) => ({ result: 'exited', payload: exitPayload(requestId, reason) }));
    onExit();
  });
  const post = (message: ToWorker) => worker.postMessage(message);

  return {
    async load(functionName) {
      if (ended !== undefined) return;
      post({ kind: 'load', functionName });
      await loads.wait(functionName);
    },
    async invoke(call) {
      if (ended !== undefined) return { result: 'exited', payload: exitPayload(call.requestId, ended) };
      post({ kind: 'invoke', ...call });
      return calls.wait(call.requestId);
    },
    abandon(requestId) {
      calls.drop(requestId);
      endIfIdle();
    },
    retire() {
      isRetired = true;
      endIfIdle();
    },
    terminate: async () => void (await worker.terminate()),
  };
}

/** Promises by key that somebody else settles. Several may wait for one key. */
export interface Waiters<T> {
  /** How many keys are waited for. */
  readonly size: number;
  wait(key: string): Promise<T>;
  settle(key: string, value: T): void;
  settleAll(answerFor: (key: string) => T): void;
  /** Forgets a key: whoever waits for it is never answered. */
  drop(key: string): void;
}

/** @see Waiters */
function createWaiters<T>(): Waiters<T> {
  const waiting = new Map<string, ((value: T) => void)[]>();
  const settle = (key: string, value: T) => {
    const answers = waiting.get(key) ?? [];
    waiting.delete(key);
    for (const answer of answers) answer(value);
  };
  return {
    get size() {
      return waiting.size;
    },
    wait: (key) => new Promise((resolve) => waiting.set(key, [...(waiting.get(key) ?? []), resolve])),
    settle,
    settleAll(answerFor) {
      for (const key of [...waiting.keys()]) settle(key, answerFor(key));
    },
    drop: (key) => void waiting.delete(key),
  };
}
