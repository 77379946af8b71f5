import type { Clock } from '../../clock.ts';
import type { Stack } from '../../local-stage/stack.ts';

/** A function that fails is called again after a minute: nobody waits for that. */
const LONGEST_MS = 30_000;

/**
 * Resolves when every event of a local stack has been delivered and each function that it called has ended, or after thirty
 * seconds. The event of a run's end is on the bus before the run counts as ended.
 */
export async function settled(stack: Pick<Stack, 'idle'>, clock: Clock): Promise<void> {
  const bound = new AbortController();
  try {
    await Promise.race([stack.idle(), clock.sleep(LONGEST_MS, bound.signal)]);
  } finally {
    bound.abort();
  }
}
