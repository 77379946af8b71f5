import type { Clock } from '../../../../clock.ts';
import { epochSeconds } from '../../../answer-members.ts';
import { AwsError } from '../../../aws-error.ts';
import type { Operation, RequestContext } from '../../../contracts.ts';
import type { ExecutionMode, StoredStatement } from '../statement.ts';
import { type KnownTargets, resolveTarget } from '../target.ts';
import { targetMembers } from './describe-statement.ts';
import { waitForEnd } from './long-poll.ts';
import { checkParameters } from './parameters.ts';
import { parseRequest } from './parse-request.ts';
import { BatchExecuteStatementSchema, ExecuteStatementSchema, type Submission } from './requests.ts';
import type { Submitter } from './submit-statement.ts';

/** Bytes of one SQL text: https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html */
const SQL_BYTES = 200 * 1024;

export interface SubmissionOptions {
  readonly clock: Clock;
  readonly known: KnownTargets;
  readonly submit: Submitter;
}

/** ExecuteStatement and BatchExecuteStatement. */
export function createSubmissionOperations(options: SubmissionOptions): Record<string, Operation> {
  return {
    ExecuteStatement: (input: object, context) => {
      const request = parseRequest(ExecuteStatementSchema, input);
      return submit([request.Sql], request, undefined, context, options);
    },
    BatchExecuteStatement: (input: object, context) => {
      const request = parseRequest(BatchExecuteStatementSchema, input);
      return submit(request.Sqls, request, request.ExecutionMode ?? 'TRANSACTION', context, options);
    },
  };
}

async function submit(
  sqls: readonly string[],
  request: Submission,
  executionMode: ExecutionMode | undefined,
  context: RequestContext,
  options: SubmissionOptions,
): Promise<object> {
  refuseUnsupported(request);
  const target = resolveTarget(request, options.known);
  const parameters = request.Parameters ?? [];
  checkSize(sqls, executionMode === undefined ? 'sql' : 'sqls');
  checkParameters(sqls, parameters);
  const statement = options.submit(
    {
      sqls,
      name: request.StatementName,
      target,
      parameters,
      withEvent: request.WithEvent ?? false,
      executionMode,
    },
    request.ClientToken,
  );
  return answer(statement, request.WaitTimeSeconds, context.signal, options.clock);
}

async function answer(
  statement: StoredStatement,
  waitSeconds: number | undefined,
  signal: AbortSignal,
  clock: Clock,
): Promise<object> {
  const accepted = {
    Id: statement.id,
    CreatedAt: epochSeconds(statement.progress.createdAt),
    ...targetMembers(statement),
  };
  if (waitSeconds === undefined) return accepted;
  // Submitting is not refused for another waiter (the model lists no such error): it answers at once then.
  if (!statement.progress.wake) await waitForEnd(statement.progress, waitSeconds, signal, clock);
  const { status, hasResultSet } = statement.progress;
  return { ...accepted, Status: status, RedshiftPid: statement.pid, HasResultSet: hasResultSet };
}

function refuseUnsupported(request: Submission): void {
  if (request.SessionId !== undefined) throw unsupported('SessionId');
  if (request.SessionKeepAliveSeconds) throw unsupported('SessionKeepAliveSeconds');
  if (request.ResultFormat === 'CSV') throw unsupported('ResultFormat CSV');
}

const unsupported = (field: string) =>
  new AwsError('ValidationException', `${field} is not supported by the local Data API.`);

function checkSize(sqls: readonly string[], member: string): void {
  const tooLong = sqls.find((sql) => Buffer.byteLength(sql) > SQL_BYTES);
  if (tooLong === undefined) return;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${SQL_BYTES}`,
  );
}
