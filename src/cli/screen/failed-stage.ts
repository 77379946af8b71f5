import type { Run, RunStage } from '../../run-history/run.ts';

/** The part of a run that failed, with which it ended. */
export function failedStage({ turn, verification, steps, confirmation }: Run): RunStage | undefined {
  return [turn, verification, ...steps, confirmation].find(({ state }) => state === 'failed');
}
