import { CancelStatementCommand } from '@aws-sdk/client-redshift-data';
import { awsErrorName } from '../aws-errors/transient-error.ts';
import { toTypedError } from './api-error.ts';
import { type DataApi, describeStatement, isRunning } from './describe.ts';

/**
 * Asks the Data API to cancel a statement. It can cancel only a running one: a statement that has not started stays,
 * and one that has ended has ended.
 * @returns false when the statement was not running
 * @throws RedshiftUnavailable, InvalidConfig
 */
export async function cancelStatement(api: DataApi, id: string): Promise<boolean> {
  try {
    const { Status } = await api.send(new CancelStatementCommand({ Id: id }));
    return Status ?? false;
  } catch (error) {
    // Answers that say "it has ended": the next question shows how.
    if (['ValidationException', 'ResourceNotFoundException'].includes(awsErrorName(error))) return false;
    throw toTypedError('CancelStatement', error);
  }
}

/** Seconds of one turn. A turn tries to cancel once; it ends early when the long poll is answered. */
const TURN_WAIT_SECONDS = 2;

/**
 * Cancels a statement and waits until Redshift says that it has ended. A statement that is not running yet cannot be
 * cancelled, and one that is being rolled back still holds its locks.
 * @param turns how often to try, about two seconds each
 * @returns whether it has ended
 * @throws RedshiftUnavailable, InvalidConfig
 */
export async function cancelUntilEnded(api: DataApi, id: string, turns: number): Promise<boolean> {
  for (let turn = 0; turn < turns; turn += 1) {
    await cancelStatement(api, id);
    const { status } = await describeStatement(api, id, TURN_WAIT_SECONDS);
    if (!isRunning(status)) return true;
  }
  return false;
}
