import type { Clock } from '../../clock.ts';
import type { Changes } from './changes.ts';

/** Milliseconds in which changes are gathered before a page is made anew. */
const GATHER_MS = 120;
/** Milliseconds after which it is made anew in any case: of some things nobody tells, and time goes on. */
const TICK_MS = 1_000;

export interface FollowedPage {
  readonly changes: Changes;
  readonly clock: Clock;
  /** Makes the page's content as it is now. */
  render(): Promise<string>;
  /** Gets the content whenever it is another than before. */
  send(content: string): Promise<void>;
  /** Aborted when nobody follows any more. */
  readonly signal: AbortSignal;
}

/** Sends a page's content, and again whenever it has changed, until the signal is aborted. */
export async function followPage({ changes, clock, render, send, signal }: FollowedPage): Promise<void> {
  let last: string | undefined;
  while (!signal.aborted) {
    const { version } = changes;
    const content = await render();
    if (signal.aborted) return;
    if (content !== last) await send(content);
    last = content;
    await untilDue(changes.after(version), clock, signal);
  }
}

async function untilDue(change: Promise<void>, clock: Clock, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const sleep = (ms: number) => clock.sleep(ms, either).catch(() => {});
  await Promise.race([change.then(() => sleep(GATHER_MS)), sleep(TICK_MS)]);
  over.abort();
}
