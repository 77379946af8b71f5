import { createAskForEnd, LONG_POLL_SECONDS } from '../data-api/ask-for-end.ts';
import { type AdvanceContext, advance } from './advance.ts';
import { type AttemptContext, makeAttempt } from './attempt.ts';
import { findLatestAttempt } from './latest-attempt.ts';
import type { StatementRecord } from './record.ts';
import type { CheckRequest } from './step-request.ts';

/** Milliseconds of an invocation that must be left after a long poll, for the answer and for the decision about it. */
const RESERVE_MS = 10_000;

export type FollowContext = AdvanceContext &
  AttemptContext & {
    /** Milliseconds that the invocation has left. */
    remainingMs(): number;
  };

/**
 * Follows a statement until it ends, another attempt is due after a pause, or the invocation's time is nearly up. So
 * the next step starts when the last one has ended, not at the next tick of a timer.
 * @returns the record; `complete` when the step is done
 * @throws as startStatement
 */
export async function followStatement(
  context: FollowContext,
  request: CheckRequest,
): Promise<StatementRecord> {
  let record = await lastRecord(context, request);
  if (record.resubmit) record = await makeAttempt(context, request, record);
  const ask = createAskForEnd(context);
  while (!record.complete) {
    const waitSeconds = affordableWait(context, request, record);
    const description = await ask(record.id, waitSeconds);
    record = await advance(context, request, record, description);
    if (record.resubmit && record.waitSeconds === 0) record = await makeAttempt(context, request, record);
    if (record.resubmit || waitSeconds === undefined) break;
  }
  return record;
}

/**
 * The record to begin with. A redriven state gets its old input, but the next attempt may have been submitted, and
 * have failed, before the redrive. The record then is that of the latest attempt.
 */
async function lastRecord({ api }: FollowContext, request: CheckRequest): Promise<StatementRecord> {
  const { statement, execution } = request;
  if (execution.redriveCount === statement.redriveSeen) return statement;
  const latest = await findLatestAttempt(api, request);
  if (latest === undefined) return statement;
  const isLater =
    latest.attempt > statement.attempt || (statement.resubmit && latest.attempt === statement.attempt);
  return isLater ? latest : statement;
}

/**
 * Seconds of the next long poll, which ends before the statement's time is up. Undefined when there is only time for
 * a plain question.
 */
function affordableWait(
  { clock, remainingMs }: FollowContext,
  { policy }: CheckRequest,
  { submittedAt, timedOut }: StatementRecord,
): number | undefined {
  const affordable = Math.floor((remainingMs() - RESERVE_MS) / 1000);
  if (affordable < 1) return undefined;
  const untilOverdue = Math.ceil((Date.parse(submittedAt) - clock.now()) / 1000) + policy.timeoutSeconds;
  const useful = timedOut || untilOverdue < 1 ? LONG_POLL_SECONDS : untilOverdue;
  return Math.min(LONG_POLL_SECONDS, affordable, useful);
}
