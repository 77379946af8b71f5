import { cancelUntilEnded } from '../data-api/cancel.ts';
import { type DataApi, isRunning } from '../data-api/describe.ts';
import { StatementAborted } from '../errors/errors.ts';
import type { StatementRecord } from './record.ts';
import type { StepRequest } from './step-request.ts';
import { submitAttempt } from './submit.ts';

/** How often to try to cancel, within the time of an invocation of start-statement. */
const TAKE_BACK_TURNS = 15;

/** What a step must know about its run. Step Functions and DMS know it; src/runs asks them. */
export interface RunGuard {
  /**
   * Called before anything is submitted after a redrive, which may come days after the run.
   * @throws LoadChanged when staging holds another load now, or is being filled
   * @throws NotYourTurn when another run is ahead; ServiceUnavailable when AWS does not answer
   */
  allowSubmission(request: StepRequest): Promise<void>;
  /**
   * Called when a check has found wrong rows, because rows of another load would say nothing about this one, and when
   * the fence finds that staging has changed.
   * @throws LoadChanged as above; ServiceUnavailable when DMS does not answer, or answers late
   */
  assertSameLoad(request: StepRequest): Promise<void>;
  /** Called after each submission: whether the execution was stopped or timed out meanwhile. */
  isOver(executionArn: string): Promise<boolean>;
}

export interface AttemptContext {
  readonly api: DataApi;
  readonly guard: RunGuard;
}

/**
 * Makes one attempt of a step: submits its statement, unless the run guard refuses. If the execution was stopped
 * meanwhile, the statement is cancelled, because whoever stopped the execution cannot have seen it.
 * @param record what is known of the attempt; its ID, status and time are those of the previous attempt
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
