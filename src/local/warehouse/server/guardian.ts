import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { type Account, serverEnvironment } from './account.ts';

/**
 * A small shell process in a session of its own that outlives this process by a moment. It takes orders on its standard
 * input; when that ends, however this process died, it stops the server and removes the run folder.
 */
export interface Guardian {
  /** Runs initdb. Resolves with its exit code. */
  initialize(args: readonly string[]): Promise<number>;
  /** Starts the server on the run folder's data; resolves when it accepts connections. @throws Error with the server's log */
  start(): Promise<void>;
  /** Stops the server in an orderly way, keeping its data. */
  stop(): Promise<void>;
  /** Stops the server at once and removes the run folder. Resolves when both are gone. */
  close(): Promise<void>;
  /** The last lines the server or initdb wrote. */
  log(): string;
}

const SCRIPT = `
trap '' INT HUP
set -f
run=$1; bin=$2; server=
while read -r order rest; do
  case $order in
    initialize) "$bin/initdb" -D "$run/data" $rest </dev/null >&2; echo "initialized $?" ;;
    start) "$bin/postgres" -D "$run/data" </dev/null >&2 & server=$!; echo started ;;
    stop) kill -INT $server; wait $server; server=; echo stopped ;;
  esac
done
if [ -n "$server" ]; then kill -QUIT $server; wait $server; fi
rm -rf -- "$run"
`;

const LOG_LINES = 40;
const READY = 'database system is ready to accept connections';
const FAILED = /FATAL:|PANIC:|error while loading shared libraries|Library not loaded|not found$/;

type GuardianProcess = ChildProcessByStdio<Writable, Readable, Readable>;

/** Starts the guardian of a run folder. `binFolder` holds initdb and postgres. */
export function startGuardian(runFolder: string, binFolder: string, account: Account): Guardian {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'elt-warehouse', runFolder, binFolder], {
    ...account,
    cwd: '/',
    detached: true,
    env: serverEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) =>
    child.once('close', () => resolve()).once('error', () => resolve()),
  );
  child.stdin.on('error', () => {});
  const hold = (held: boolean) => holdLoop(child, held);
  const lines = collectLines(child.stderr);
  const orders = sendOrders(child.stdin, child.stdout, ended);
  return {
    async initialize(args) {
      return Number((await orders(`initialize ${args.join(' ')}`)).split(' ')[1]);
    },
    async start() {
      hold(true);
      const ready = lines.waitFor(READY, FAILED, ended);
      await Promise.all([orders('start'), ready]);
      hold(false);
    },
    async stop() {
      hold(true);
      await orders('stop');
    },
    async close() {
      hold(true);
      child.stdin.end();
      await ended;
    },
    log: () => lines.last(),
  };
}

/** Whether the guardian keeps this process's event loop alive: only while somebody waits for it. */
function holdLoop(child: GuardianProcess, held: boolean): void {
  for (const handle of [child, child.stdin as Socket, child.stdout as Socket, child.stderr as Socket]) {
    held ? handle.ref() : handle.unref();
  }
}

function sendOrders(input: Writable, output: Readable, ended: Promise<void>) {
  const answers = createInterface({ input: output });
  return (order: string) =>
    new Promise<string>((resolve, reject) => {
      answers.once('line', resolve);
      void ended.then(() => reject(new Error('the process that guards the server has ended')));
      input.write(`${order}\n`);
    });
}

function collectLines(stream: Readable) {
  const kept: string[] = [];
  const listeners = new Set<(line: string) => void>();
  createInterface({ input: stream }).on('line', (line) => {
    kept.push(line);
    if (kept.length > LOG_LINES) kept.shift();
    for (const listener of listeners) listener(line);
  });
  return {
    last: () => kept.join('\n'),
    waitFor: (text: string, failure: RegExp, ended: Promise<void>) =>
      new Promise<void>((resolve, reject) => {
        const listener = (line: string) => {
          if (!line.includes(text) && !failure.test(line)) return;
          listeners.delete(listener);
          line.includes(text) ? resolve() : reject(new Error(line));
        };
        listeners.add(listener);
        void ended.then(() => reject(new Error(kept.join('\n'))));
      }),
  };
}
