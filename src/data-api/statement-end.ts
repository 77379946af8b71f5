import {
  DescribeStatementCommand,
  type DescribeStatementCommandOutput,
  type SubStatementData,
} from '@aws-sdk/client-redshift-data';
import { awsErrorName } from '../aws-errors/transient-error.ts';
import type { Clock } from '../clock.ts';
import { MigrationFailed, RedshiftUnavailable } from '../errors/errors.ts';
import { toTypedError } from './api-error.ts';
import type { DataApi } from './describe.ts';
import { isRunning, LOST } from './statement-status.ts';

/** How a statement, or a batch of them, has ended. */
export interface StatementEnd {
  readonly id: string;
  /** FINISHED, FAILED, ABORTED, or LOST when the Data API does not know it any more. */
  readonly status: string;
  readonly error?: string;
  /** Which one of a batch failed, counted from 1. */
  readonly failedPart?: number;
  readonly durationMs: number;
  /** It was submitted by an earlier migrate, or by another at the same time. */
  readonly isEarlier: boolean;
}

/** A statement that was submitted, by whom ever. */
export interface Submitted {
  readonly id: string;
  /** Epoch milliseconds on AWS's clock, before which others have submitted. */
  readonly since: number;
}

/** The longest the Data API holds an answer back. */
const LONG_POLL_SECONDS = 30;

/** Between two questions while the API cannot answer, or holds back the answer to somebody else. */
const PAUSE_MS = 1_000;
/** Unanswered questions in a row until it is given up; the statement goes on, and the next migrate finds it. */
const PATIENCE = 60;

/**
 * Waits for a statement to end, for as long as it takes.
 * @param signal ends the waiting; the statement is left alone
 * @throws RedshiftUnavailable when nothing was heard for a minute, InvalidConfig, or the signal's AbortError
 */
export async function untilEnded(
  api: DataApi,
  { id, since }: Submitted,
  clock: Clock,
  signal?: AbortSignal,
): Promise<StatementEnd> {
  for (let unanswered = 0; ; ) {
    const wait = unanswered === 0 ? LONG_POLL_SECONDS : undefined;
    try {
      const end = toEnd(id, since, await describe(api, id, wait, signal));
      if (!isRunning(end.status)) return end;
      unanswered = 0;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof RedshiftUnavailable) || unanswered >= PATIENCE) throw error;
      unanswered += 1;
      await clock.sleep(PAUSE_MS, signal);
    }
  }
}

async function describe(
  api: DataApi,
  id: string,
  waitSeconds: number | undefined,
  signal: AbortSignal | undefined,
): Promise<DescribeStatementCommandOutput | undefined> {
  const wait = waitSeconds === undefined ? {} : { WaitTimeSeconds: waitSeconds };
  const options = signal === undefined ? {} : { abortSignal: signal };
  try {
    return await api.send(new DescribeStatementCommand({ Id: id, ...wait }), options);
  } catch (error) {
    if (awsErrorName(error) === 'ResourceNotFoundException') return undefined;
    throw toTypedError('DescribeStatement', error);
  }
}

function toEnd(id: string, since: number, output: DescribeStatementCommandOutput | undefined): StatementEnd {
  if (output === undefined) return { id, status: LOST, durationMs: 0, isEarlier: false };
  const parts = output.SubStatements ?? [];
  const failed = parts.find(({ Status }) => Status === 'FAILED');
  const error = failed?.Error ?? output.Error;
  const failedPart = failed === undefined ? partOf(output.Error) : numberOf(failed, parts);
  return {
    id,
    status: output.Status ?? 'UNKNOWN',
    // nanoseconds
    durationMs: Number(output.Duration ?? 0) / 1e6,
    isEarlier: (output.CreatedAt?.getTime() ?? since) < since,
    ...(error === undefined ? {} : { error: error.replace(NUMBERED, '') }),
    ...(failedPart === undefined ? {} : { failedPart }),
  };
}

/** A batch's text names the statement that failed, or was cancelled, by its number among all that were submitted. */
const NUMBERED = /^Query #(\d+) failed with /;

function partOf(error: string | undefined): number | undefined {
  const number = NUMBERED.exec(error ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
}

/** The ids of a batch's statements are the batch's with `:1`, `:2`, … behind it. */
function numberOf(part: SubStatementData, parts: readonly SubStatementData[]): number {
  const written = /:(\d+)$/.exec(part.Id ?? '')?.[1];
  return written === undefined ? parts.indexOf(part) + 1 : Number(written);
}

/** The error for a statement that ended otherwise than well, `about` before it. */
export function statementFailure(about: string, { status, error, id }: StatementEnd): MigrationFailed {
  const what = error ?? (status === 'ABORTED' ? 'was cancelled' : `ended ${status}`);
  return new MigrationFailed(`${about} ${what} (statement ${id})`);
}
