import type { Stack } from '../../local-stage/stack.ts';
import { NOBODY_READS } from '../run-command.ts';

/** Milliseconds between looks at whether the process that started this one is still there. */
const PARENT_CHECK_MS = 500;

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const NOBODY_READS_ON = 'nobody reads its output any more';

/** Why a command was stopped from outside, and the exit code that says so. */
export interface Stop {
  readonly reason: string;
  readonly exitCode: number;
}

/**
 * Resolves when the command is to stop: on SIGINT, SIGTERM or SIGHUP, when nobody reads its output any more, or when npm, which
 * started it, is gone: npm may be killed without being able to pass that on.
 */
export function untilStopped(): Promise<Stop> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    for (const [signal, exitCode] of Object.entries(EXIT_CODES)) {
      process.on(signal, () => resolve({ reason: signal, exitCode }));
    }
    for (const stream of [process.stdout, process.stderr]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') throw error;
        resolve({ reason: NOBODY_READS_ON, exitCode: NOBODY_READS });
      });
    }
    setInterval(() => {
      if (process.ppid !== parent)
        resolve({ reason: 'the process that started it has ended', exitCode: 129 });
    }, PARENT_CHECK_MS).unref();
  });
}

/** Takes a local stack away and ends the process, although what was under way on the stack has nobody left to answer it. */
export async function endAtOnce(starting: Promise<Pick<Stack, 'close'>>, exitCode: number): Promise<never> {
  await starting.then((stack) => stack.close()).catch(() => {});
  process.exit(exitCode);
}

/** Why a command was stopped, as people say it. */
export function nameOfReason(reason: string): string {
  return reason === 'SIGINT' ? 'Ctrl-C' : reason;
}
