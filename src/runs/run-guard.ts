import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { LoadChanged, RedshiftUnavailable } from '../errors.ts';
import { type Dms, describeCurrentLoad } from '../loads/current-load.ts';
import type { RunGuard } from '../statements/run-guard.ts';
import type { StepRequest } from '../statements/step-request.ts';
import { describeExecution } from './describe-execution.ts';
import type { StepFunctions } from './start-execution.ts';
import { STOPPED_STATUSES } from './status-event.ts';

/** The guard that asks DMS for the load and Step Functions for the runs. */
export function createRunGuard({ dms, sfn }: { readonly dms: Dms; readonly sfn: StepFunctions }): RunGuard {
  return {
    allowSubmission: async (request) => {
      await assertSameLoad(dms, request);
      await assertTurn(sfn, request.execution.arn);
    },
    isOver: async (executionArn) => {
      const execution = await describeExecution(sfn, executionArn);
      return (STOPPED_STATUSES as readonly (string | undefined)[]).includes(execution?.status);
    },
  };
}

async function assertSameLoad(dms: Dms, { load }: StepRequest): Promise<void> {
  for (const task of load.tasks) {
    const current = await describeCurrentLoad(dms, task.arn).catch((error: unknown) => {
      throw new RedshiftUnavailable(
        `whether load ${load.id} is still there cannot be said: ${String(error)}`,
        { cause: error },
      );
    });
    if (current.kind === 'finished' && current.startedAt.toISOString() === task.startedAt) continue;
    const now =
      current.kind === 'finished'
        ? `it holds one started ${current.startedAt.toISOString()}`
        : current.reason;
    throw new LoadChanged(`staging does not hold load ${load.id} any more: ${now}`);
  }
}

/** One run of a pipeline at a time: a redriven one waits while another runs. */
async function assertTurn(sfn: StepFunctions, executionArn: string): Promise<void> {
  const stateMachineArn = executionArn.replace(':execution:', ':stateMachine:').replace(/:[^:]+$/, '');
  const command = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' });
  const { executions = [] } = await sfn.send(command).catch((error: unknown) => {
    throw new RedshiftUnavailable(`whose turn it is cannot be said: ${String(error)}`, { cause: error });
  });
  const other = executions.find((execution) => execution.executionArn !== executionArn);
  if (other !== undefined)
    throw new RedshiftUnavailable(`it is the turn of ${other.name}, another run of the pipeline`);
}
