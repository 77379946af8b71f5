import { cancelUntilEnded } from '../data-api/cancel.ts';
import { type DataApi, isRunning } from '../data-api/describe.ts';
import { type FoundStatement, findSubmitted } from '../data-api/find-submitted.ts';
import { RedshiftUnavailable } from '../errors/errors.ts';

/** For each statement, within the time of an invocation of stop-statements. */
const TURNS = 100;

/**
 * Cancels everything that an execution has submitted and that still runs, and waits until it has ended.
 * @returns the statements that were found running
 * @throws RedshiftUnavailable when one of them would not end: asked again, the rest is done
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
