/** Longest log tail that Invoke returns, in bytes. */
const TAIL_BYTES = 4096;

/** What one invocation wrote to its log, with Lambda's own START, END and REPORT lines. */
export interface InvocationLog {
  add(line: string): void;
  /** Last 4 KB, base64, as Invoke with LogType Tail returns them. @param durationMs time the handler took */
  tail(durationMs: number): string;
}

/** Collects the lines of one invocation. */
export function createInvocationLog(requestId: string, memoryMb: number): InvocationLog {
  const lines = [`START RequestId: ${requestId} Version: $LATEST`];
  return {
    add: (line) => void lines.push(line),
    tail(durationMs) {
      const usedMb = Math.ceil(process.memoryUsage.rss() / 2 ** 20);
      const report = [
        `REPORT RequestId: ${requestId}`,
        `Duration: ${durationMs.toFixed(2)} ms`,
        `Billed Duration: ${Math.ceil(durationMs)} ms`,
        `Memory Size: ${memoryMb} MB`,
        `Max Memory Used: ${Math.min(usedMb, memoryMb)} MB`,
      ].join('\t');
      const text = Buffer.from([...lines, `END RequestId: ${requestId}`, report, ''].join('\n'), 'utf8');
      return text.subarray(-TAIL_BYTES).toString('base64');
    },
  };
}
