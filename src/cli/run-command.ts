import type { Command } from 'commander';
import { endOfLoading, tellFailure } from './tell-failure.ts';

/** As a shell says it of a command that wrote to a pipe which nobody reads: 128 and the number of SIGPIPE. */
export const NOBODY_READS = 141;

/**
 * Runs a command line to its end. An expected failure is told in one line on stderr and ends the process with 1. Output that nobody
 * reads any more (`… | head -1`) is no failure to tell of; a command that goes on by itself ends by `untilStopped`.
 */
export async function runCommand(command: Command): Promise<void> {
  endOfLoading();
  for (const stream of [process.stdout, process.stderr]) stream.on('error', forgiveBrokenPipe);
  try {
    await command.parseAsync();
  } catch (error) {
    tellFailure(error);
  }
}

function forgiveBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exitCode = NOBODY_READS;
}
