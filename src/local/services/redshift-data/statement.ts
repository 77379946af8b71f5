import {
  LOCAL_ACCOUNT,
  LOCAL_REGION,
  type OutgoingEvent,
  type Session,
  type SqlParameter,
} from '../../contracts.ts';
import type { ResultSet } from './result/result-set.ts';
import type { WarehouseTarget } from './target.ts';

type StatementStatus = 'SUBMITTED' | 'PICKED' | 'STARTED' | 'FINISHED' | 'FAILED' | 'ABORTED';
export type ExecutionMode = 'TRANSACTION' | 'AUTO_COMMIT';

/** How far a statement, or one SQL of a batch, has come. */
export interface Progress {
  status: StatementStatus;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  updatedAt: number;
  /** Nanoseconds it ran; -1 until it has ended. */
  durationNs: number;
  /** Redshift's number of the SQL; -1 until it has ended, and for a batch as a whole. */
  queryId: number;
  /** Rows returned or affected; -1 where there is no count. */
  rows: number;
  /** Bytes of the result; -1 where there is none. */
  resultSize: number;
  hasResultSet: boolean;
  error?: string;
  /** Undefined without a result set, and once the result had to make room for newer ones. */
  result?: ResultSet | undefined;
  /** Set while a request with WaitTimeSeconds waits for its end: answers that request. */
  wake?: (() => void) | undefined;
}

/** One SQL of a statement. */
export interface StatementPart {
  readonly sql: string;
  readonly progress: Progress;
}

export interface StoredStatement {
  readonly id: string;
  /** Position in the order of submission. */
  readonly sequence: number;
  readonly name?: string | undefined;
  readonly target: WarehouseTarget;
  readonly parameters: readonly SqlParameter[];
  readonly withEvent: boolean;
  /** Set for batches. */
  readonly executionMode?: ExecutionMode | undefined;
  /** The whole statement; for one that is no batch the progress of its only part. */
  readonly progress: Progress;
  readonly parts: readonly StatementPart[];
  cancelRequested: boolean;
  /** The session it runs on, while it is STARTED. */
  session?: Session | undefined;
  /** Process id of the session that ran it; 0 before. */
  pid: number;
}

export interface StatementSpec {
  readonly sqls: readonly string[];
  readonly name?: string | undefined;
  readonly target: WarehouseTarget;
  readonly parameters: readonly SqlParameter[];
  readonly withEvent: boolean;
  readonly executionMode?: ExecutionMode | undefined;
}

/** A statement that was just submitted. @param now epoch milliseconds */
export function createStatement(
  spec: StatementSpec,
  id: string,
  sequence: number,
  now: number,
): StoredStatement {
  const { sqls, ...rest } = spec;
  const parts = sqls.map((sql) => ({ sql, progress: createProgress(now) }));
  const progress = spec.executionMode === undefined && parts[0] ? parts[0].progress : createProgress(now);
  return { ...rest, id, sequence, progress, parts, cancelRequested: false, pid: 0 };
}

function createProgress(now: number): Progress {
  return {
    status: 'SUBMITTED',
    createdAt: now,
    updatedAt: now,
    durationNs: -1,
    queryId: -1,
    rows: -1,
    resultSize: -1,
    hasResultSet: false,
  };
}

export const isBatch = (statement: StoredStatement) => statement.executionMode !== undefined;

export const hasEnded = ({ status }: Progress) =>
  status === 'FINISHED' || status === 'FAILED' || status === 'ABORTED';

/** Moves on to a status that is not the last. */
export function reachStatus(progress: Progress, status: 'PICKED' | 'STARTED', now: number): void {
  progress.status = status;
  progress.updatedAt = now;
}

type Outcome = Pick<Progress, 'status'> & Partial<Omit<Progress, 'createdAt' | 'wake'>>;

/** Ends it, once: who waits gets an answer. */
export function end(progress: Progress, outcome: Outcome, now: number): void {
  if (hasEnded(progress)) return;
  Object.assign(progress, outcome, { updatedAt: now });
  progress.wake?.();
}

const PRINCIPAL = `arn:aws:iam::${LOCAL_ACCOUNT}:user/local`;
const RETENTION_SECONDS = 24 * 60 * 60;

/**
 * The event of a statement that ended and was submitted WithEvent. It has no error text, as in AWS.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-monitoring-events.html
 */
export function statementStatusEvent({ id, name, target, progress }: StoredStatement): OutgoingEvent {
  const arn =
    target.clusterIdentifier === undefined
      ? `arn:aws:redshift-serverless:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${target.key}`
      : `arn:aws:redshift:${LOCAL_REGION}:${LOCAL_ACCOUNT}:cluster:${target.clusterIdentifier}`;
  return {
    source: 'aws.redshift-data',
    detailType: 'Redshift Data Statement Status Change',
    resources: [arn],
    detail: {
      principal: PRINCIPAL,
      statementName: name ?? '',
      statementId: id,
      redshiftQueryId: progress.queryId,
      state: progress.status,
      rows: progress.rows,
      expireAt: Math.floor(progress.updatedAt / 1000) + RETENTION_SECONDS,
    },
  };
}
