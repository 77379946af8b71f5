import type { Clock } from '../../../../clock.ts';
import { AwsError } from '../../../aws-error.ts';
import { hasEnded, type Progress } from '../statement.ts';

/**
 * Waits until a statement has ended, the time is up, or the client is gone, whichever is first.
 * @throws AwsError ActiveWaitingRequestsExceededException while another request waits for the same statement: how many
 * AWS lets wait is not published, so only one may
 */
export async function waitForEnd(
  progress: Progress,
  waitSeconds: number | undefined,
  signal: AbortSignal,
  clock: Clock,
): Promise<void> {
  if (waitSeconds === undefined || hasEnded(progress) || signal.aborted) return;
  if (progress.wake) {
    throw new AwsError(
      'ActiveWaitingRequestsExceededException',
      'The number of active requests with WaitTimeSeconds for the same SQL statement exceeds the limit.',
    );
  }
  const timer = new AbortController();
  const stop = () => timer.abort();
  signal.addEventListener('abort', stop, { once: true });
  progress.wake = stop;
  try {
    await clock.sleep(waitSeconds * 1000, timer.signal).catch(() => {});
  } finally {
    progress.wake = undefined;
    signal.removeEventListener('abort', stop);
  }
}
