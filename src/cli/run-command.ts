import type { Command } from 'commander';

/**
 * Runs a command line to its end. An expected failure is told in one line on stderr and ends the process with 1; its
 * stack is shown when DEBUG is set.
 */
export async function runCommand(command: Command): Promise<void> {
  try {
    await command.parseAsync();
  } catch (error) {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    process.stderr.write(`${process.env.DEBUG && error instanceof Error ? error.stack : text}\n`);
    process.exitCode = 1;
  }
}
