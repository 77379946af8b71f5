import { stateMachineArnOfExecution } from '../arn.ts';
import { NotYourTurn } from '../errors/errors.ts';
import { describeExecution } from '../executions/describe-execution.ts';
import { listExecutions } from '../executions/list-executions.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import { STOPPED_STATUSES } from '../executions/status-event.ts';
import type { Dms } from '../loads/describe-task.ts';
import type { RunGuard } from '../statements/attempt.ts';
import type { StepRequest } from '../statements/step-request.ts';
import { assertSameLoad } from './same-load.ts';
import { runAhead } from './take-turn.ts';

/** The guard that asks DMS for the load and Step Functions for the runs. */
export function createRunGuard({ dms, sfn }: { readonly dms: Dms; readonly sfn: StepFunctions }): RunGuard {
  return {
    allowSubmission: async ({ load, execution }) => {
      await assertSameLoad(dms, load);
      await assertTurn(sfn, execution);
    },
    assertSameLoad: async ({ load }) => void (await assertSameLoad(dms, load)),
    isOver: async (executionArn) => {
      const execution = await describeExecution(sfn, executionArn);
      return (STOPPED_STATUSES as readonly (string | undefined)[]).includes(execution?.status);
    },
  };
}

/** One run of a pipeline works at a time. A redriven run waits for the runs that were running when it was redriven. */
async function assertTurn(sfn: StepFunctions, { arn, redrivenAt }: StepRequest['execution']): Promise<void> {
  const running = await Array.fromAsync(listExecutions(sfn, stateMachineArnOfExecution(arn), 'RUNNING'));
  const ahead = runAhead(running, arn, new Date(redrivenAt ?? 0));
  if (ahead !== undefined) throw new NotYourTurn(`another run of the pipeline is ahead: ${ahead.name}`);
}
