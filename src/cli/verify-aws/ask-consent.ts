import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';

/** A terminal's keys, and what shows them. */
interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks a person on a terminal whether to go on. Only a clear yes is one: neither an empty line nor Ctrl-C nor Ctrl-D is.
 * @param onInterrupt called for Ctrl-C, which reaches no signal handler while a line is read
 */
export async function askConsent({ input, output }: Terminal, onInterrupt: () => void): Promise<boolean> {
  const reader = createInterface({ input, output });
  const ended = once(reader, 'close').then(() => '');
  reader.on('SIGINT', () => {
    onInterrupt();
    reader.close();
  });
  // On a terminal, Ctrl-D rejects.
  const answered = reader.question('go on? [y/N] ').catch(() => '');
  const answer = await Promise.race([answered, ended]);
  reader.close();
  return /^y(?:es)?$/i.test(answer.trim());
}
