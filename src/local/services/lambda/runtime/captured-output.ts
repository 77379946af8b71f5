import { format } from 'node:util';
import { currentScope } from './current-invocation.ts';
import type { LineMessage } from './messages.ts';

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
