import { cancelUntilEnded } from '../data-api/cancel.ts';
import { type DataApi, isRunning } from '../data-api/describe.ts';
import { StatementAborted } from '../errors/errors.ts';
import type { StatementRecord } from './record.ts';
import type { StepRequest } from './step-request.ts';
import { submitAttempt } from './submit.ts';

/** Within the time of an invocation of start-statement. */
const TAKE_BACK_TURNS = 15;

/** What a step must know of the run it belongs to. Step Functions and DMS know it; src/runs asks them. */
export interface RunGuard {
  /**
   * Asked before anything is submitted under a redrive, which may come days after the run.
   * @throws LoadChanged when staging holds another load now, or is being filled
   * @throws NotYourTurn when another run is ahead; ServiceUnavailable when nobody can say
   */
  allowSubmission(request: StepRequest): Promise<void>;
  /**
   * Asked when a data check has found wrong rows, for those of another load say nothing of this one; and when the fence finds
   * staging changed.
   * @throws LoadChanged as above; ServiceUnavailable when DMS does not answer, or answers late
   */
  assertSameLoad(request: StepRequest): Promise<void>;
  /** Asked after each submission: whether the execution was stopped or timed out meanwhile. */
  isOver(executionArn: string): Promise<boolean>;
}

export interface AttemptContext {
  readonly api: DataApi;
  readonly guard: RunGuard;
}

/**
 * Makes one attempt of a step: submits it, unless a redrive comes too late, and takes it back when the execution was
 * stopped meanwhile, since whoever stopped it cannot have seen this statement.
 * @param record what is known of the attempt; its id, status and time are those of the one before
 * @throws LoadChanged, StatementAborted, RedshiftUnavailable, InvalidConfig
 */
export async function makeAttempt(
  { api, guard }: AttemptContext,
  request: StepRequest,
  { resubmit: _, ...record }: Omit<StatementRecord, 'id' | 'status' | 'submittedAt'>,
): Promise<StatementRecord> {
  const { arn, redriveCount } = request.execution;
  if (redriveCount > 0) await guard.allowSubmission(request);
  const submitted = await submitAttempt(api, request, record.attempt);
  if (isRunning(submitted.status) && (await guard.isOver(arn))) {
    await cancelUntilEnded(api, submitted.id, TAKE_BACK_TURNS);
    throw new StatementAborted(
      `The execution has ended, so statement ${submitted.id} of step ${request.step} was cancelled`,
    );
  }
  return { ...record, ...submitted, waitSeconds: 0 };
}
