import type { LineMessage } from './runtime/messages.ts';

/** Longest log tail that Invoke returns, in bytes. */
const TAIL_BYTES = 4096;

/** The logs of the invocations that run. */
export interface InvocationLogs {
  /** Keeps a line, where it belongs to an invocation whose log is open. */
  add(message: LineMessage): void;
  /** Opens a log, and closes it when `work` is done. @returns what `work` returned, and the log's end */
  follow<T>(
    requestId: string,
    memoryMb: number,
    work: () => Promise<T>,
  ): Promise<{ readonly result: T; readonly logTail: string }>;
}

/** @see InvocationLogs */
export function createInvocationLogs(): InvocationLogs {
  const open = new Map<string, string[]>();
  return {
    add({ requestId, line }) {
      if (requestId !== undefined) open.get(requestId)?.push(line);
    },
    async follow(requestId, memoryMb, work) {
      const lines: string[] = [];
      open.set(requestId, lines);
      const startedAt = performance.now();
      try {
        const result = await work();
        return { result, logTail: logTail(requestId, lines, memoryMb, performance.now() - startedAt) };
      } finally {
        open.delete(requestId);
      }
    },
  };
}

/** The last 4 KB, base64, with Lambda's own START, END and REPORT lines. */
function logTail(requestId: string, lines: readonly string[], memoryMb: number, durationMs: number): string {
  const usedMb = Math.ceil(process.memoryUsage.rss() / 2 ** 20);
  const report = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(durationMs)} ms`,
    `Memory Size: ${memoryMb} MB`,
    `Max Memory Used: ${Math.min(usedMb, memoryMb)} MB`,
  ].join('\t');
  const start = `START RequestId: ${requestId} Version: $LATEST`;
  const text = [start, ...lines, `END RequestId: ${requestId}`, report, ''].join('\n');
  return Buffer.from(text, 'utf8').subarray(-TAIL_BYTES).toString('base64');
}
