import type { Clock } from '../../../clock.ts';
import { AwsError } from '../../aws-error.ts';
import { hasEnded, type Progress } from './statement.ts';

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
  if (progress.waitedFor) {
    throw new AwsError(
      'ActiveWaitingRequestsExceededException',
      'The number of active requests with WaitTimeSeconds for the same SQL statement exceeds the limit.',
    );
  }
  const timer = new AbortController();
  const stopTimer = () => timer.abort();
  signal.addEventListener('abort', stopTimer, { once: true });
  progress.waitedFor = true;
  try {
    await Promise.race([progress.ended, clock.sleep(waitSeconds * 1000, timer.signal).catch(() => {})]);
  } finally {
    progress.waitedFor = false;
    signal.removeEventListener('abort', stopTimer);
    stopTimer();
  }
}
