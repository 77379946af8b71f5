import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { promisify } from 'node:util';

/** What a function did in a process of its own. */
export interface FirstAnswer {
  readonly importMs: number;
  /** Import, and the first invocation with its first call of AWS. */
  readonly answerMs: number;
  /** The same with Node's own start. */
  readonly wholeMs: number;
  /** Most memory of the whole process. */
  readonly peakMb: number;
}

/** Over HTTP the SDK also loads Node's fetch, which AWS's HTTPS does not need: that is loaded apart, and not counted. */
const SCRIPT = `
  const [file, event] = process.argv.slice(1);
  const begun = performance.now();
  require('node:https');
  const paused = performance.now();
  void WebSocket;
  const apartMs = performance.now() - paused;
  const { handler } = require(file);
  const importMs = performance.now() - begun - apartMs;
  const context = { awsRequestId: 'r', functionName: 'f', getRemainingTimeInMillis: () => 60000 };
  handler(JSON.parse(event), context).catch(() => {}).then(() => {
    const wholeMs = performance.now() - apartMs;
    const peakMb = process.resourceUsage().maxRSS / 1024;
    const answer = JSON.stringify({ importMs, answerMs: wholeMs - begun, wholeMs, peakMb });
    process.stdout.write('\\n' + answer, () => process.exit());
  });
`;

/** Runs a bundle once, in a fresh process, against an endpoint that refuses every call at once. */
export async function runFresh(
  file: string,
  event: string,
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<FirstAnswer> {
  const env = { PATH: process.env.PATH, ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', SCRIPT, file, event], {
    env,
    signal,
  });
  return JSON.parse(stdout.split('\n').at(-1) ?? '');
}

/** An AWS that refuses every call: a function's first answer then holds one whole call, whatever the function asks. */
export async function startRefusingEndpoint() {
  const body = JSON.stringify({ __type: 'ValidationException', message: 'refused' });
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as { readonly port: number };
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
