import { describeStatement, isRunning } from '../data-api/describe.ts';
import { type AdvanceContext, advance } from './advance.ts';
import { type AttemptContext, makeAttempt } from './attempt.ts';
import { findLatestAttempt } from './latest-attempt.ts';
import type { StatementRecord } from './record.ts';
import type { StepRequest } from './step-request.ts';

export type StartContext = AdvanceContext & AttemptContext;

/**
 * The Data API remembers a client token for 8 hours. After this time, an earlier submission is looked up by its name.
 */
const TOKEN_TRUST_MS = 7 * 3_600_000;

/**
 * Begins a step: submits its statements and looks at them once, or takes over what was submitted for it before.
 * @returns the statement's record: `complete` when it has ended, with `resubmit` when another attempt is due
 * @throws StatementFailed, StatementAborted, StatementTimedOut, StatementLost, DataCheckFailed, LoadChanged,
 * RedshiftUnavailable, InvalidConfig
 */
export async function startStatement(context: StartContext, request: StepRequest): Promise<StatementRecord> {
  if (isProvenDone(request)) return doneBefore(context, request);
  const earlier = mayHaveEarlier(context, request)
    ? await findLatestAttempt(context.api, request)
    : undefined;
  const fresh = {
    attempt: 1,
    redriveSeen: request.execution.redriveCount,
    retries: 0,
    complete: false,
    waitSeconds: 0,
  };
  const record = earlier ?? (await makeAttempt(context, request, fresh));
  if (isRunning(record.status)) return record;
  const next = await advance(context, request, record, await describeStatement(context.api, record.id));
  // After a redrive, the first attempt is made at once.
  return next.resubmit && next.waitSeconds === 0 ? makeAttempt(context, request, next) : next;
}

/**
 * Whether a later step has emptied staging for this load in an earlier run. That step only runs after this one is
 * done.
 */
function isProvenDone({ doneWhenConsumed }: StepRequest): boolean {
  const entries = doneWhenConsumed?.stagedRows.split(',') ?? [];
  return doneWhenConsumed?.tables.some((table) => entries.includes(`${table}=consumed`)) ?? false;
}

/** The record of a step for which nothing was submitted. */
function doneBefore({ clock }: StartContext, { execution }: StepRequest): StatementRecord {
  return {
    ...{ id: 'none', status: 'NOT_SUBMITTED', submittedAt: new Date(clock.now()).toISOString() },
    ...{ attempt: 1, redriveSeen: execution.redriveCount, retries: 0, waitSeconds: 0 },
    ...{ complete: true, alreadyApplied: true },
  };
}

/**
 * Whether to look for an earlier submission: a redriven execution may have submitted before the redrive, and an old
 * state may be older than its token.
 */
function mayHaveEarlier({ clock }: StartContext, { execution, stateEnteredAt }: StepRequest): boolean {
  return execution.redriveCount > 0 || clock.now() - Date.parse(stateEnteredAt) > TOKEN_TRUST_MS;
}
