import { type AdvanceContext, advance } from './advance.ts';
import { type AttemptContext, makeAttempt } from './attempt.ts';
import { isRunning } from './decide.ts';
import { describeStatement } from './describe.ts';
import { type FoundStatement, findSubmitted } from './find-submitted.ts';
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
  const earlier = mayHaveEarlier(context, request) ? await findLatest(context, request) : undefined;
  const fresh = {
    attempt: 1,
    redriveSeen: request.execution.redriveCount,
    retries: 0,
    complete: false,
    waitSeconds: 0,
  };
  const record = earlier === undefined ? await makeAttempt(context, request, fresh) : adopt(request, earlier);
  if (isRunning(record.status)) return record;
  const next = await advance(context, request, record, await describeStatement(context.api, record.id));
  // The life that a redrive began has its first attempt at once.
  return next.resubmit && next.waitSeconds === 0 ? makeAttempt(context, request, next) : next;
}

/** A redriven execution may have submitted in its first life; an old state may have outlived its token. */
function mayHaveEarlier({ clock }: StartContext, { execution, stateEnteredAt }: StepRequest): boolean {
  return execution.redriveCount > 0 || clock.now() - Date.parse(stateEnteredAt) > TOKEN_TRUST_MS;
}

async function findLatest(
  { api }: StartContext,
  { execution, step, sqls }: StepRequest,
): Promise<FoundStatement | undefined> {
  const found = await findSubmitted(api, execution.arn, { name: step, sqls });
  return found.toSorted((a, b) => b.attempt - a.attempt)[0];
}

/** What was submitted before the last redrive belongs to an earlier life, and may be followed by another attempt. */
function adopt({ execution }: StepRequest, found: FoundStatement): StatementRecord {
  const { id, attempt, status, submittedAt } = found;
  const { redriveCount, redrivenAt } = execution;
  const isOfThisLife = redrivenAt === null || submittedAt >= redrivenAt;
  return {
    ...{ id, attempt, status, submittedAt, complete: false, waitSeconds: 0, retries: 0 },
    redriveSeen: isOfThisLife ? redriveCount : redriveCount - 1,
  };
}
