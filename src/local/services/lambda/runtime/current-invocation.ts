import { AsyncLocalStorage } from 'node:async_hooks';
import type { WorkerFunction } from './messages.ts';

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
