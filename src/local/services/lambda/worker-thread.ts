import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { systemClockMovedMs } from '../../../clock.ts';
import type { LineMessage, WorkerFunction, WorkerSettings } from './runtime/messages.ts';

const ENTRY = new URL('./runtime/worker.ts', import.meta.url);
const COMPILE_CACHE = fileURLToPath(
  new URL('../../../../node_modules/.cache/elt-local-lambda/', import.meta.url),
);

/** Handlers make little garbage at a time: a small nursery keeps the process small. */
const YOUNG_GENERATION_MB = 4;

export interface WorkerThreadOptions {
  readonly functions: readonly WorkerFunction[];
  /** Gets what handlers print, and what the thread itself has to say; nothing goes to this process' own output. */
  readonly onLine: (message: LineMessage) => void;
  /** Heap of the thread in MB. */
  readonly heapMb: number;
}

/** Starts the thread, without the stack's own command line: loaders and inspectors are not the handlers' business. */
export function startWorkerThread({ functions, onLine, heapMb }: WorkerThreadOptions): Worker {
  const worker = new Worker(ENTRY, {
    workerData: {
      ...{ functions, compileCacheFolder: COMPILE_CACHE },
      movedMs: systemClockMovedMs(),
    } satisfies WorkerSettings,
    env: functions[0]?.environment ?? {},
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => onLine(runtimeLine(text.trimEnd())));
  }
  return worker;
}

/** A line of the runtime's own. */
export function runtimeLine(line: string): LineMessage {
  return { kind: 'line', functionName: 'runtime', requestId: undefined, line };
}

/** Why a thread ended, in Lambda's words. */
export function exitReason(error: NodeJS.ErrnoException): string {
  return error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? OUT_OF_MEMORY : 'exit status 129';
}

/** A process that uses more than its memory is killed from outside. */
const OUT_OF_MEMORY = 'signal: killed';

/**
 * What Lambda answers when the runtime process ends before the handler has. JSON text. Step Functions shows its
 * `errorType` as the error's name.
 */
export function exitPayload(requestId: string, reason: string): string {
  const isSilent = reason === 'exit status 0';
  const how = isSilent ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${reason}`;
  const errorMessage = `RequestId: ${requestId} Error: ${how}`;
  const errorType = reason === OUT_OF_MEMORY ? 'Runtime.OutOfMemory' : 'Runtime.ExitError';
  return JSON.stringify({ errorType, errorMessage });
}
