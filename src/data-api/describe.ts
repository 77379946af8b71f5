import {
  DescribeStatementCommand,
  type DescribeStatementCommandInput,
  type DescribeStatementCommandOutput,
  type RedshiftDataClient,
  type SubStatementData,
} from '@aws-sdk/client-redshift-data';
import { awsErrorName } from '../aws-errors/transient-error.ts';
import { toTypedError } from './api-error.ts';

/** Anything that sends Data API commands: the SDK's client, or a stand-in with the same `send`. */
export type DataApi = Pick<RedshiftDataClient, 'send'>;

/** Status for a statement that the Data API does not know: it remembers a statement for 24 hours. */
export const LOST = 'LOST';

/** Statuses of a statement that has not ended, in the order in which it has them. */
export const RUNNING_STATUSES = ['SUBMITTED', 'PICKED', 'STARTED'] as const;

export function isRunning(status: string): boolean {
  return RUNNING_STATUSES.some((running) => running === status);
}

/** What the Data API knows of a statement, in this system's terms. */
export interface Description {
  readonly id: string;
  /** SUBMITTED, PICKED, STARTED, FINISHED, FAILED, ABORTED, LOST, or a status that did not exist when this was written. */
  readonly status: string;
  readonly error?: string;
  /** Which one of a batch failed, or was cancelled, counted from 1. */
  readonly failedPart?: number;
  /** Text of the sub-statement that failed, placeholders unsubstituted. */
  readonly failedSql?: string;
  readonly durationMs?: number;
  /** When it was submitted, by AWS's clock. */
  readonly createdAt?: Date;
  /** When it came to its status. */
  readonly updatedAt?: Date;
  /** `query_id` of SYS_QUERY_HISTORY; -1 or 0 where Redshift names none. Of a batch: its failed statement's, or the longest one's. */
  readonly redshiftQueryId: number;
  /** Process ID of the session, `session_id` of SYS_QUERY_HISTORY. */
  readonly redshiftPid?: number;
}

/**
 * Asks for a statement's status. A statement that the Data API does not know has the status LOST.
 * @param waitSeconds 1 to 30: the answer comes when the statement ends, or after that time
 * @throws RedshiftUnavailable, InvalidConfig
 */
export async function describeStatement(
  api: DataApi,
  id: string,
  waitSeconds?: number,
  signal?: AbortSignal,
): Promise<Description> {
  const wait = waitSeconds === undefined ? {} : { WaitTimeSeconds: waitSeconds };
  const output = await sendDescribe(api, { Id: id, ...wait }, signal);
  return output === undefined ? { id, status: LOST, redshiftQueryId: -1 } : toDescription(id, output);
}

async function sendDescribe(
  api: DataApi,
  input: DescribeStatementCommandInput,
  signal: AbortSignal | undefined,
): Promise<DescribeStatementCommandOutput | undefined> {
  try {
    return await api.send(new DescribeStatementCommand(input), signal && { abortSignal: signal });
  } catch (error) {
    if (isForgotten(error)) return undefined;
    throw toTypedError('DescribeStatement', error);
  }
}

/** An ID that never existed is reported as not found. An ID that is older than a day is reported as expired. */
function isForgotten(error: unknown): boolean {
  const name = awsErrorName(error);
  if (name === 'ResourceNotFoundException') return true;
  return name === 'ValidationException' && /\bexpired\b/.test((error as Error).message);
}

function toDescription(id: string, output: DescribeStatementCommandOutput): Description {
  const parts = output.SubStatements ?? [];
  const failed = parts.find((part) => part.Status === 'FAILED');
  const error = failed?.Error ?? output.Error;
  const failedPart = failed === undefined ? partOf(output.Error) : numberOf(failed, parts);
  return {
    id,
    status: output.Status ?? 'UNKNOWN',
    redshiftQueryId: queryIdOf(output, failed),
    ...(output.RedshiftPid ? { redshiftPid: output.RedshiftPid } : {}),
    ...(error === undefined ? {} : { error: error.replace(NUMBERED, '') }),
    ...(failedPart === undefined ? {} : { failedPart }),
    ...(failed?.QueryString === undefined ? {} : { failedSql: failed.QueryString }),
    // nanoseconds
    ...(output.Duration === undefined ? {} : { durationMs: output.Duration / 1e6 }),
    ...(output.CreatedAt === undefined ? {} : { createdAt: output.CreatedAt }),
    ...(output.UpdatedAt === undefined ? {} : { updatedAt: output.UpdatedAt }),
  };
}

/** AWS's samples show 0 or -1 for a batch as a whole. */
function queryIdOf(
  { RedshiftQueryId: whole = -1, SubStatements: parts = [] }: DescribeStatementCommandOutput,
  failed: SubStatementData | undefined,
): number {
  if (failed?.RedshiftQueryId !== undefined) return failed.RedshiftQueryId;
  if (whole > 0) return whole;
  const [longest] = parts.toSorted((a, b) => (b.Duration ?? 0) - (a.Duration ?? 0));
  return longest?.RedshiftQueryId ?? whole;
}

/**
 * The error of a batch names the statement that failed or was cancelled by its number among all submitted statements.
 */
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
