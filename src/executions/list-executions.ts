import {
  type ExecutionListItem,
  type ExecutionStatus,
  ListExecutionsCommand,
  type ListExecutionsCommandInput,
} from '@aws-sdk/client-sfn';
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
    const answer = await listPage(sfn, page);
    yield* answer.executions;
    nextToken = answer.nextToken;
  } while (nextToken !== undefined);
}

/** Ninety days of a pipeline that is loaded five times a day. */
const NEWEST = 500;

/**
 * The newest executions of a state machine, by one call, and whether they are all that it has had in ninety days.
 * @throws as {@link listExecutions}
 */
export async function listNewest(
  sfn: StepFunctions,
  stateMachineArn: string,
): Promise<{ readonly executions: readonly ListedExecution[]; readonly areAll: boolean }> {
  const { executions, nextToken } = await listPage(sfn, { stateMachineArn, maxResults: NEWEST });
  return { executions, areAll: nextToken === undefined };
}

async function listPage(sfn: StepFunctions, page: ListExecutionsCommandInput) {
  const { executions = [], nextToken } = await askStepFunctions(
    `ListExecutions of ${page.stateMachineArn}`,
    () => sfn.send(new ListExecutionsCommand(page)),
  );
  return { executions: executions.map(toListed), nextToken };
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
