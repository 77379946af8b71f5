import { describeStatement, isRunning } from '../data-api/describe.ts';
import { type AdvanceContext, advance } from './advance.ts';
import { type AttemptContext, makeAttempt } from './attempt.ts';
import { findLatestAttempt } from './latest-attempt.ts';
import type { StatementRecord } from './record.ts';
import type { StepRequest } from './step-request.ts';

export type StartContext = AdvanceContext & AttemptContext;

/** A client token is remembered for 8 hours; from here on an earlier submission is looked for by its name. */
const TOKEN_TRUST_MS = 7 * 3_600_000;

/**
 * Begins a step: submits its statements and looks at them once, or takes over what was submitted for it before.
 * @returns the statement's record; `complete` when it has ended by now, with `resubmit` when it is to be tried again
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
  // The life that a redrive began has its first attempt at once.
  return next.resubmit && next.waitSeconds === 0 ? makeAttempt(context, request, next) : next;
}

/** A step behind it has emptied staging for this load in an earlier run, and it has not run before this one was done. */
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

/** A redriven execution may have submitted in its first life; an old state may have outlived its token. */
function mayHaveEarlier({ clock }: StartContext, { execution, stateEnteredAt }: StepRequest): boolean {
  return execution.redriveCount > 0 || clock.now() - Date.parse(stateEnteredAt) > TOKEN_TRUST_MS;
}
