import {
  BatchExecuteStatementCommand,
  type BatchExecuteStatementCommandOutput,
  ExecuteStatementCommand,
  type ExecuteStatementCommandOutput,
} from '@aws-sdk/client-redshift-data';
import { toTypedError } from '../data-api/api-error.ts';
import type { DataApi } from '../data-api/describe.ts';
import { clientToken, statementName } from '../data-api/identity.ts';
import { toTargetRequest } from '../data-api/target.ts';
import type { StepRequest } from './step-request.ts';

/**
 * Seconds that a submission waits for the statement's end. A statement that ends by then passes two states instead of five
 * (npm run bench). As long as it waits, the execution does not show the statement's ID: it is found by its name.
 */
const SUBMIT_WAIT_SECONDS = 10;

export interface SubmittedAttempt {
  readonly id: string;
  readonly status: string;
  /** ISO 8601, UTC. */
  readonly submittedAt: string;
}

/**
 * Submits a step's statements: in one transaction, which is rolled back if one of them fails, or without a
 * transaction for a procedure that commits by itself. Submitting the same attempt again within 8 hours submits
 * nothing, and returns the ID of the first submission.
 * @throws RedshiftUnavailable, InvalidConfig
 */
export async function submitAttempt(
  api: DataApi,
  request: StepRequest,
  attempt: number,
): Promise<SubmittedAttempt> {
  const { Id, CreatedAt, Status } = await send(api, request, attempt).catch((error: unknown) => {
    throw toTypedError(`submitting ${request.step}`, error);
  });
  if (Id === undefined || CreatedAt === undefined) {
    throw toTypedError(`submitting ${request.step}`, new TypeError('the answer has no Id or no CreatedAt'));
  }
  return { id: Id, status: Status ?? 'SUBMITTED', submittedAt: CreatedAt.toISOString() };
}

async function send(
  api: DataApi,
  { execution, step, target, sqls, parameters, policy }: StepRequest,
  attempt: number,
): Promise<BatchExecuteStatementCommandOutput | ExecuteStatementCommandOutput> {
  const key = { executionArn: execution.arn, executionName: execution.name, step, attempt };
  const common = {
    ...toTargetRequest(target),
    // The API takes no empty list.
    ...(Object.keys(parameters).length === 0 ? {} : { Parameters: toSqlParameters(parameters) }),
    StatementName: statementName(key),
    ClientToken: clientToken(key),
    WaitTimeSeconds: SUBMIT_WAIT_SECONDS,
  };
  if (!policy.commits) return api.send(new BatchExecuteStatementCommand({ ...common, Sqls: [...sqls] }));
  return api.send(new ExecuteStatementCommand({ ...common, Sql: sqls.join('\n') }));
}

function toSqlParameters(parameters: StepRequest['parameters']) {
  return Object.entries(parameters).map(([name, value]) => ({ name, value }));
}
