import type { StepRequest } from './step-request.ts';

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
