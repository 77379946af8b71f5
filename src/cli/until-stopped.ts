/** Milliseconds between looks at whether the process that started this one is still there. */
const PARENT_CHECK_MS = 500;

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

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
        resolve({ reason: 'nobody reads its output any more', exitCode: 141 });
      });
    }
    setInterval(() => {
      if (process.ppid !== parent)
        resolve({ reason: 'the process that started it has ended', exitCode: 129 });
    }, PARENT_CHECK_MS).unref();
  });
}
