import { CancelStatementCommand } from '@aws-sdk/client-redshift-data';
import { awsErrorName } from '../aws-errors/transient-error.ts';
import { toTypedError } from './api-error.ts';
import { type DataApi, describeStatement, isRunning } from './describe.ts';

/**
 * Asks for a statement to be cancelled. Only a running one can be: one that waits to run stays, one that has ended has.
 * @returns false when it was not running
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

/** One try a turn; the answer of a long poll ends the turn before its time. */
const TURN_WAIT_SECONDS = 2;

/**
 * Cancels a statement and waits until Redshift says that it has ended: one that is not running yet cannot be cancelled,
 * and one that is being rolled back still holds its locks.
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
