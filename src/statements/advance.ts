import type { Clock } from '../clock.ts';
import { cancelStatement } from '../data-api/cancel.ts';
import type { Description } from '../data-api/describe.ts';
import { readAuditFailure, readWrongRows } from '../steps/audit/judge.ts';
import { judgeCheck } from '../steps/check/judge.ts';
import type { AttemptContext } from './attempt.ts';
import { type Decision, decide } from './decide.ts';
import { isAboutStaging } from './failure/explain-failure.ts';
import { toStatementError } from './failure/failure.ts';
import { pauseSeconds } from './failure/pause.ts';
import type { FailedAttempt, StatementRecord } from './record.ts';
import type { StepRequest } from './step-request.ts';

export interface AdvanceContext extends AttemptContext {
  readonly clock: Clock;
  /** 0 up to, not including, 1. */
  random(): number;
}

/**
 * How many characters of a failed attempt's SQL error are kept, and how many failed attempts: a state's data may have
 * 256 KB in all.
 */
const ERROR_LENGTH = 200;
const KEPT_ATTEMPTS = 5;

/**
 * Updates the record of a statement after an answer of the Data API: unchanged, complete, or due for another attempt.
 * @throws the statement's typed error when it ended without success and is not tried again
 * @throws LoadChanged when it failed because a newer load has begun; ServiceUnavailable when DMS cannot say whether
 * one has
 */
export async function advance(
  context: AdvanceContext,
  request: StepRequest,
  record: StatementRecord,
  description: Description,
): Promise<StatementRecord> {
  const timedOut = record.timedOut ?? false;
  const decision = decide({
    statement: description,
    policy: request.policy,
    ageMs: context.clock.now() - Date.parse(record.submittedAt),
    timedOut,
    retries: record.retries,
    redriveCount: request.execution.redriveCount,
    redriveSeen: record.redriveSeen,
  });
  const seen: StatementRecord = { ...record, status: description.status, waitSeconds: 0 };
  switch (decision.kind) {
    case 'wait':
      return seen;
    case 'cancel':
      return (await cancelStatement(context.api, record.id)) ? { ...seen, timedOut: true } : seen;
    case 'resubmit':
      return dueAgain(context, request, seen, description, decision);
    case 'done':
      return isOutdated(request, record)
        ? dueAgain(context, request, seen, description, ASK_AGAIN)
        : complete(context, request, seen, description, decision.alreadyApplied);
    case 'fail':
      if (isAboutStaging(request, description)) await context.guard.assertSameLoad(request);
      throw toStatementError(request, description, {
        failure: decision.failure,
        timedOut,
        rows: await readAuditRows(context, request, description),
      });
  }
}

/** The wrong rows of audits that failed and may show them; undefined where no audit did. */
async function readAuditRows(
  { api }: AdvanceContext,
  { shownAudits = [] }: StepRequest,
  { id, error = '' }: Description,
): Promise<string | undefined> {
  const found = readAuditFailure(error);
  return found === undefined ? undefined : readWrongRows(api, id, shownAudits, found);
}

/** After a redrive a check is run again: something may have been repaired since its last answer. */
const ASK_AGAIN = { kind: 'resubmit', failure: 'other', because: 'redrive' } as const;

function isOutdated({ check, execution }: StepRequest, { redriveSeen }: StatementRecord): boolean {
  return check !== undefined && execution.redriveCount > redriveSeen;
}

async function complete(
  context: AdvanceContext,
  request: StepRequest,
  record: StatementRecord,
  { redshiftPid, redshiftQueryId, ...end }: Description,
  alreadyApplied: boolean,
): Promise<StatementRecord> {
  const wrongRows = await countWrongRows(context, request, record.id);
  return {
    ...record,
    complete: true,
    ...(request.members ? { members: request.members.map(({ name }) => name) } : {}),
    ...(alreadyApplied ? { alreadyApplied } : {}),
    ...endOf(end),
    ...(redshiftPid === undefined ? {} : { pid: redshiftPid }),
    ...(redshiftQueryId > 0 ? { queryId: redshiftQueryId } : {}),
    ...(wrongRows === undefined ? {} : { wrongRows }),
  };
}

/** How long a statement took, and when it ended, as far as the Data API says it. */
function endOf({ durationMs, updatedAt }: Partial<Description>) {
  return {
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(updatedAt === undefined ? {} : { endedAt: updatedAt.toISOString() }),
  };
}

async function countWrongRows(
  { api, guard }: AdvanceContext,
  request: StepRequest,
  statementId: string,
): Promise<number | undefined> {
  const { pipeline, step, check: terms } = request;
  if (terms === undefined) return undefined;
  const run = { pipeline, step, statementId, sql: request.sqls[0], terms };
  return judgeCheck(api, run, () => guard.assertSameLoad(request));
}

function dueAgain(
  { random }: AdvanceContext,
  { execution }: StepRequest,
  { timedOut: _, ...record }: StatementRecord,
  { error = '', ...end }: Description,
  { failure, because }: Decision & { kind: 'resubmit' },
): StatementRecord {
  const failed: FailedAttempt = {
    attempt: record.attempt,
    statementId: record.id,
    failure,
    error: error.slice(0, ERROR_LENGTH),
    submittedAt: record.submittedAt,
    ...endOf(end),
  };
  const failedAttempts = [...(record.failedAttempts ?? []), failed].slice(-KEPT_ATTEMPTS);
  const again = { ...record, attempt: record.attempt + 1, resubmit: true, failedAttempts };
  if (because === 'redrive') return { ...again, retries: 0, redriveSeen: execution.redriveCount };
  const waitSeconds = pauseSeconds(failure, record.retries, random());
  return { ...again, retries: record.retries + 1, waitSeconds };
}
