import { type ExecutionListItem, type ExecutionStatus, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { askStepFunctions } from './ask-step-functions.ts';
import type { StepFunctions } from './start-execution.ts';

/**
 * An execution of a pipeline as the list shows it. The list is eventually consistent, and AWS names no limit for the
 * delay.
 */
export interface ListedExecution {
  readonly arn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  /** When the execution was started or last redriven. */
  readonly since: Date;
  /** Absent for one that is alive. */
  readonly endedAt?: Date;
}

/**
 * Executions of a state machine in a status, newest first, over all pages.
 * @throws ServiceUnavailable when Step Functions does not answer: the caller is asked again; InvalidConfig when it refuses
 */
export async function* listExecutions(
  sfn: StepFunctions,
  stateMachineArn: string,
  statusFilter?: ExecutionStatus,
): AsyncGenerator<ListedExecution> {
  let nextToken: string | undefined;
  do {
    const page = { stateMachineArn, ...(statusFilter && { statusFilter }), ...(nextToken && { nextToken }) };
    const answer = await askStepFunctions(`ListExecutions of ${stateMachineArn}`, () =>
      sfn.send(new ListExecutionsCommand(page)),
    );
    for (const item of answer.executions ?? []) yield toListed(item);
    nextToken = answer.nextToken;
  } while (nextToken !== undefined);
}

function toListed({
  executionArn = '',
  name = '',
  status = 'RUNNING',
  startDate,
  redriveDate,
  stopDate,
}: ExecutionListItem): ListedExecution {
  return {
    arn: executionArn,
    name,
    status,
    since: redriveDate ?? startDate ?? new Date(0),
    ...(stopDate && { endedAt: stopDate }),
  };
}
