import { cancelUntilEnded } from '../data-api/cancel.ts';
import { type DataApi, isRunning } from '../data-api/describe.ts';
import { type FoundStatement, findSubmitted } from '../data-api/find-submitted.ts';
import { RedshiftUnavailable } from '../errors/errors.ts';

/** How often to try for each statement, within the time of an invocation of stop-statements. */
const TURNS = 100;

/**
 * Cancels every statement of an execution that is still running, and waits until they have ended.
 * @returns the statements that were found running
 * @throws RedshiftUnavailable when one of them has not ended: when retried, it goes on with the rest
 */
export async function stopStatements(api: DataApi, executionArn: string): Promise<readonly FoundStatement[]> {
  const found = await findSubmitted(api, executionArn);
  const running = found.filter(({ status }) => isRunning(status));
  const ended = await Promise.all(running.map(({ id }) => cancelUntilEnded(api, id, TURNS)));
  const stubborn = running.filter((_, index) => !ended[index]);
  if (stubborn.length > 0) {
    throw new RedshiftUnavailable(
      `these statements are still running after a cancel: ${stubborn.map(({ id }) => id).join(', ')}`,
    );
  }
  return running;
}
