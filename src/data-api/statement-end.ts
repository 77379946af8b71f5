import { MigrationFailed } from '../errors/errors.ts';
import { type Asker, createAskForEnd, LONG_POLL_SECONDS, untilEnded } from './ask-for-end.ts';

/** How a statement, or a batch of them, has ended. */
export interface StatementEnd {
  readonly id: string;
  /** FINISHED, FAILED, ABORTED, or LOST when the Data API no longer knows it. */
  readonly status: string;
  readonly error?: string;
  /** Which one of a batch failed, counted from 1. */
  readonly failedPart?: number;
  readonly durationMs: number;
  /** Whether an earlier migrate, or another one at the same time, has submitted it. */
  readonly isEarlier: boolean;
}

/** A statement that was submitted, by this migrate or by another. */
export interface Submitted {
  readonly id: string;
  /** Epoch milliseconds on AWS's clock. A statement that was created earlier was submitted by another migrate. */
  readonly since: number;
}

/**
 * Longest pause between two questions while the API cannot answer, or lets another caller wait. It is short because a
 * person is watching.
 */
const LONGEST_PAUSE_MS = 1_000;
/** How long to go on without an answer. The statement itself goes on, and the next migrate finds it. */
const PATIENCE_MS = 60_000;

/**
 * Waits for a statement to end, for as long as it takes.
 * @throws RedshiftUnavailable when nothing was heard for a minute, InvalidConfig, or the signal's AbortError
 */
export async function awaitEnd(
  asker: Pick<Asker, 'api' | 'clock' | 'random' | 'signal'>,
  { id, since }: Submitted,
): Promise<StatementEnd> {
  const ask = createAskForEnd({ ...asker, patienceMs: PATIENCE_MS, longestPauseMs: LONGEST_PAUSE_MS });
  const { status, error, failedPart, durationMs, createdAt } = await untilEnded(ask, id, LONG_POLL_SECONDS);
  return {
    id,
    status,
    durationMs: durationMs ?? 0,
    isEarlier: (createdAt?.getTime() ?? since) < since,
    ...(error === undefined ? {} : { error }),
    ...(failedPart === undefined ? {} : { failedPart }),
  };
}

/** The error for a statement that did not succeed. Its message begins with `about`. */
export function statementFailure(about: string, { status, error, id }: StatementEnd): MigrationFailed {
  const what = error ?? (status === 'ABORTED' ? 'was cancelled' : `ended ${status}`);
  return new MigrationFailed(`${about} ${what} (statement ${id})`);
}
