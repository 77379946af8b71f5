import { InvalidPipeline } from '../errors/errors.ts';
import { printableLines } from './screen/text/printable.ts';

/** Tells of an expected failure in one line on stderr, with its stack when DEBUG is set; the process is to end with 1. */
export function tellFailure(error: unknown): void {
  tell(error, !process.env.DEBUG);
}

/** A wrong pipeline stops the loading of a command's modules, where nothing can catch it: import this before them. */
process.on('uncaughtException', tellLoadingFailure);

/** Leaves what is not caught to Node again: the command is loaded. */
export function endOfLoading(): void {
  process.off('uncaughtException', tellLoadingFailure);
}

function tellLoadingFailure(error: unknown): void {
  tell(error, error instanceof InvalidPipeline && !process.env.DEBUG);
}

function tell(error: unknown, briefly: boolean): void {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const shown = !briefly && error instanceof Error ? (error.stack ?? text) : text;
  process.stderr.write(`${printableLines(shown)}\n`);
  process.exitCode = 1;
}
