import type { Stack } from '../../local-stage/stack.ts';

/** Rejects with the reason when the PostgreSQL of a local stack has ended by itself: nothing works from then on. */
export function untilLost(starting: Promise<Stack>): Promise<never> {
  const lost = starting.then(async ({ warehouse }): Promise<never> => {
    throw await warehouse.lost;
  });
  // Whoever waits is told.
  lost.catch(() => {});
  return lost;
}
