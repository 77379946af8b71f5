import type { Command } from 'commander';
import { endOfLoading, tellFailure } from './tell-failure.ts';

/** Runs a command line to its end. An expected failure is told in one line on stderr and ends the process with 1. */
export async function runCommand(command: Command): Promise<void> {
  endOfLoading();
  try {
    await command.parseAsync();
  } catch (error) {
    tellFailure(error);
  }
}
