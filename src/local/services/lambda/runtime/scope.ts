import { AsyncLocalStorage } from 'node:async_hooks';
import { format } from 'node:util';
import type { LineMessage, WorkerFunction } from './messages.ts';

/** Whose code is running: a function being imported, or one of its invocations. */
export interface Scope {
  readonly fn: WorkerFunction;
  /** The function's own variables; handlers may change them. */
  readonly environment: Record<string, string>;
  readonly requestId: string | undefined;
}

const storage = new AsyncLocalStorage<Scope>();

/** Runs `work`, and everything asynchronous that it starts, in the scope of one function. */
export function runInScope<T>(scope: Scope, work: () => T): T {
  return storage.run(scope, work);
}

/** The scope of the code that is running; undefined in the runtime's own code. */
export function currentScope(): Scope | undefined {
  return storage.getStore();
}

/**
 * Replaces `process.env` by a view of the running function's own variables, so that several functions can live in one
 * thread. Outside of any function it shows the worker's variables.
 */
export function scopeEnvironment(): void {
  const worker: Record<string, string> = {};
  for (const [key, value] of Object.entries(process.env)) worker[key] = value ?? '';
  const variables = () => currentScope()?.environment ?? worker;

  process.env = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_, key) => Reflect.get(variables(), key),
      has: (_, key) => Reflect.has(variables(), key),
      set: (_, key, value) => Reflect.set(variables(), key, String(value)),
      deleteProperty: (_, key) => Reflect.deleteProperty(variables(), key),
      ownKeys: () => Reflect.ownKeys(variables()),
      getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(variables(), key),
    },
  );
}

const LEVELS = { log: 'INFO', info: 'INFO', debug: 'DEBUG', warn: 'WARN', error: 'ERROR', trace: 'TRACE' };

/**
 * Sends what handlers print to `send`, line by line and with the function it came from. `console` methods are prefixed
 * with time, request id and level as in Lambda's text log format; direct writes to stdout and stderr are left as they are.
 */
export function captureOutput(send: (message: LineMessage) => void): void {
  const sendText = (text: string) => {
    const scope = currentScope();
    for (const line of text.replace(/\n$/, '').split('\n')) {
      send({ kind: 'line', functionName: scope?.fn.name ?? 'runtime', requestId: scope?.requestId, line });
    }
  };
  captureStream(process.stdout, sendText);
  captureStream(process.stderr, sendText);
  for (const [method, level] of Object.entries(LEVELS)) {
    Reflect.set(console, method, (...values: unknown[]) => {
      sendText(`${new Date().toISOString()}\t${currentScope()?.requestId}\t${level}\t${format(...values)}`);
    });
  }
}

function captureStream(stream: NodeJS.WriteStream, sendText: (text: string) => void): void {
  const write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    sendText(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
    const done = rest.find((argument) => typeof argument === 'function');
    if (done) queueMicrotask(() => done());
    return true;
  };
  Reflect.set(stream, 'write', write);
}
