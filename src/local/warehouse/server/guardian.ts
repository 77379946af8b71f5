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
  /** Resolves when a server that had started ended without an order. */
  readonly died: Promise<void>;
  /** The last lines the server or initdb wrote. */
  log(): string;
}

/**
 * Nothing but the server holds the writing end of the pipe `life`: it closes when the server and all of its processes have
 * ended, which the watcher then says. The keeper is the server's parent, and says when the server itself has ended: one of
 * its processes may still be busy then. SIGINT stops a server in order, SIGQUIT at once.
 */
const SCRIPT = `
trap '' INT HUP TERM
set -f
run=$1; bin=$2; keeper=
while read -r order rest; do
  case $order in
    initialize) "$bin/initdb" -D "$run/data" $rest </dev/null >&2; echo "initialized $?" ;;
    start)
      rm -f "$run/life"; mkfifo "$run/life"
      (cat "$run/life" >/dev/null; echo ended) & watcher=$!
      rm -f "$run/pid"; mkfifo "$run/pid"
      ("$bin/postgres" -D "$run/data" </dev/null >&2 9>"$run/life" & echo $! >"$run/pid"; wait $!; echo died) & keeper=$!
      read -r server <"$run/pid"
      echo started ;;
    stop) kill -INT $server; wait $keeper; wait $watcher; keeper=; echo stopped ;;
  esac
done
if [ -n "$keeper" ]; then kill -QUIT $server; wait $keeper; wait $watcher; fi
rm -rf -- "$run"
`;

const LOG_LINES = 40;
const READY = 'database system is ready to accept connections';

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
  const closed = new Promise<void>((resolve) => {
    child.once('exit', () => resolve()).once('error', () => resolve());
  });
  child.stdin.on('error', () => {});
  const log: string[] = [];
  const answers = readLines(child.stdout, closed);
  const messages = readLines(child.stderr, closed, log);
  const order = (text: string, answer: string) => {
    child.stdin.write(`${text}\n`);
    return answers.waitFor(answer);
  };
  const died = Promise.withResolvers<void>();
  let isWanted = false;
  holdLoop(child, true);
  return {
    died: died.promise,
    async initialize(args) {
      return Number((await order(`initialize ${args.join(' ')}`, 'initialized')).split(' ')[1]);
    },
    async start() {
      const ended = answers.waitFor('died');
      const ready = messages.waitFor(READY);
      ready.catch(() => {});
      await order('start', 'started');
      const isReady = await Promise.race([ready.then(() => true), ended.then(() => false)]);
      ended.catch(() => {});
      if (!isReady) throw new Error(log.join('\n'));
      isWanted = true;
      void ended.then(() => isWanted && died.resolve()).catch(() => {});
      holdLoop(child, false);
    },
    async stop() {
      isWanted = false;
      holdLoop(child, true);
      await order('stop', 'stopped');
    },
    async close() {
      isWanted = false;
      holdLoop(child, true);
      child.stdin.end();
      await closed;
      child.stdout.destroy();
      child.stderr.destroy();
    },
    log: () => log.join('\n'),
  };
}

/** Whether the guardian keeps this process's event loop alive: only while somebody waits for it. */
function holdLoop(child: GuardianProcess, held: boolean): void {
  for (const handle of [child, child.stdin as Socket, child.stdout as Socket, child.stderr as Socket]) {
    held ? handle.ref() : handle.unref();
  }
}

/** Reads lines from now on, keeps the last ones in `kept`, and lets others wait for one. */
function readLines(stream: Readable, closed: Promise<void>, kept: string[] = []) {
  const lines = createInterface({ input: stream });
  lines.on('line', (line) => {
    kept.push(line);
    if (kept.length > LOG_LINES) kept.shift();
  });
  return {
    waitFor: (text: string) =>
      new Promise<string>((resolve, reject) => {
        const listener = (line: string) => {
          if (!line.includes(text)) return;
          lines.off('line', listener);
          resolve(line);
        };
        lines.on('line', listener);
        void closed.then(() => reject(new Error('the process that guards the server has ended')));
      }),
  };
}
