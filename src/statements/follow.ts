import { CancelStatementCommand } from '@aws-sdk/client-redshift-data';
import type { Clock } from '../clock.ts';
import { apiErrorName, toTypedError } from './api-error.ts';
import { decide } from './decide.ts';
import { type DataApi, type Description, describeStatement } from './describe.ts';
import { toStatementError } from './failure.ts';
import type { StatementRecord } from './record.ts';
import type { CheckRequest } from './step-request.ts';

/** The longest the Data API holds an answer back. */
const LONG_POLL_SECONDS = 30;

/** Left of an invocation after a long poll: for the answer to travel, and for what is decided then. */
const RESERVE_MS = 10_000;

/** Pauses where somebody else's long poll for the statement takes the place of ours, milliseconds. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 20_000;

export interface FollowContext {
  readonly api: DataApi;
  readonly clock: Clock;
  /** 0 up to, not including, 1. */
  random(): number;
  /** Milliseconds that the invocation has left. */
  remainingMs(): number;
}

/**
 * Follows a statement until it ends or the invocation's time is nearly up: the next step starts when the last one
 * has ended, not at the next tick of a timer.
 * @returns the record, `complete` when the step is done
 * @throws StatementFailed, StatementAborted, StatementTimedOut, StatementLost, RedshiftUnavailable
 */
export async function followStatement(
  context: FollowContext,
  request: CheckRequest,
): Promise<StatementRecord> {
  let record = request.statement;
  for (let turn = 0; !record.complete; turn += 1) {
    const waitSeconds = affordableWait(context.remainingMs());
    const description = await askForEnd(context, record.id, waitSeconds, turn);
    record = await applyDecision(context, request, record, description);
    if (waitSeconds === undefined) break;
  }
  return record;
}

/** Seconds to wait for the statement's end, or undefined when there is only time for a plain question. */
function affordableWait(remainingMs: number): number | undefined {
  const seconds = Math.min(LONG_POLL_SECONDS, Math.floor((remainingMs - RESERVE_MS) / 1000));
  return seconds >= 1 ? seconds : undefined;
}

async function askForEnd(
  { api, clock, random }: FollowContext,
  id: string,
  waitSeconds: number | undefined,
  turn: number,
): Promise<Description> {
  try {
    return await describeStatement(api, id, waitSeconds);
  } catch (error) {
    if (!(error instanceof Error && apiErrorName(error.cause) === 'ActiveWaitingRequestsExceededException'))
      throw error;
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** turn);
    await clock.sleep(pauseMs * (0.5 + random() / 2));
    return describeStatement(api, id);
  }
}

/** The record after an answer. @throws the statement's typed error when it ended without success */
export async function applyDecision(
  { api, clock }: Pick<FollowContext, 'api' | 'clock'>,
  request: Pick<CheckRequest, 'pipeline' | 'step' | 'timeoutSeconds'>,
  record: StatementRecord,
  description: Description,
): Promise<StatementRecord> {
  const timedOut = record.timedOut ?? false;
  const ageMs = clock.now() - Date.parse(record.submittedAt);
  const decision = decide({ description, ageMs, timeoutSeconds: request.timeoutSeconds, timedOut });
  const seen = { ...record, status: description.status };
  switch (decision.kind) {
    case 'wait':
      return seen;
    case 'cancel':
      return (await cancelStatement(api, record.id)) ? { ...seen, timedOut: true } : seen;
    case 'fail':
      throw toStatementError(request, description, timedOut);
    case 'done':
      return {
        ...seen,
        complete: true,
        ...(decision.alreadyApplied ? { alreadyApplied: true } : {}),
        ...(description.durationMs === undefined ? {} : { durationMs: description.durationMs }),
      };
  }
}

/** Asks for a statement to be cancelled. @returns false when it was not running: it has ended, or has not begun */
async function cancelStatement(api: DataApi, id: string): Promise<boolean> {
  try {
    const { Status } = await api.send(new CancelStatementCommand({ Id: id }));
    return Status ?? false;
  } catch (error) {
    throw toTypedError('CancelStatement', error);
  }
}
