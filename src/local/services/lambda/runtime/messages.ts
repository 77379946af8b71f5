/** What the stack and its worker thread tell each other. Everything here survives structured cloning. */

/** A function as the worker needs it. */
export interface WorkerFunction {
  readonly name: string;
  readonly arn: string;
  readonly moduleUrl: string;
  readonly handlerName: string;
  readonly memoryMb: number;
  /** The whole environment of the function, the runtime's own variables included. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What a worker is started with. */
export interface WorkerSettings {
  readonly functions: readonly WorkerFunction[];
  /** Folder in which Node keeps what it compiled: the second start loads the handlers in half the time. */
  readonly compileCacheFolder: string;
  /** How far the functions' clocks are ahead of the machine's own. */
  readonly movedMs: number;
}

export interface LoadMessage {
  readonly kind: 'load';
  readonly functionName: string;
}
export interface InvokeMessage {
  readonly kind: 'invoke';
  readonly requestId: string;
  readonly functionName: string;
  /** The event as JSON text. */
  readonly event: string;
  /** Milliseconds until the function's timeout. */
  readonly remainingMs: number;
  /** JSON text of the client context, where the caller sent one. */
  readonly clientContext?: string;
}
export type ToWorker = LoadMessage | InvokeMessage;

/** The module was imported, or failed to: then invocations answer with that failure. */
export interface LoadedMessage {
  readonly kind: 'loaded';
  readonly functionName: string;
}
export interface SettledMessage {
  readonly kind: 'settled';
  readonly requestId: string;
  /** JSON text: the answer, or the error payload. */
  readonly payload: string;
  /** `fatal`: the real runtime process would have died of this error. */
  readonly result: 'answer' | 'error' | 'fatal';
}
export interface LineMessage {
  readonly kind: 'line';
  readonly functionName: string;
  /** Absent for what a module prints while it is imported. */
  readonly requestId: string | undefined;
  readonly line: string;
}
export type FromWorker = LoadedMessage | SettledMessage | LineMessage;
