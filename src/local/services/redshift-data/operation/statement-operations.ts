import type { Clock } from '../../../../clock.ts';
import { AwsError } from '../../../aws-error.ts';
import type { Operation, RequestContext } from '../../../contracts.ts';
import { writeColumnMetadata, writeRecords } from '../result/result-fields.ts';
import { type ResultSet, readPage } from '../result/result-set.ts';
import { hasEnded, isBatch, type Progress, type StoredStatement } from '../statement.ts';
import type { StatementStore } from '../statement-store.ts';
import { type KnownTargets, targetKey } from '../target.ts';
import { statementDescription } from './describe-statement.ts';
import { readPageToken, statementPage, writePageToken } from './list-statements.ts';
import { waitForEnd } from './long-poll.ts';
import { parseRequest } from './parse-request.ts';
import {
  CancelStatementSchema,
  DescribeStatementSchema,
  GetStatementResultSchema,
  ListStatementsSchema,
} from './requests.ts';

export interface StatementOptions {
  readonly clock: Clock;
  readonly store: StatementStore;
  readonly known: KnownTargets;
}

const UNENDED: ReadonlySet<string> = new Set(['SUBMITTED', 'PICKED', 'STARTED']);

/** DescribeStatement, GetStatementResult, CancelStatement and ListStatements. */
export function createStatementOperations(options: StatementOptions): Record<string, Operation> {
  const { clock, store, known } = options;
  return {
    DescribeStatement: async (input: object, { signal }: RequestContext) => {
      const { Id, WaitTimeSeconds } = parseRequest(DescribeStatementSchema, input);
      const { statement, progress, part } = store.find(Id);
      await waitForEnd(progress, WaitTimeSeconds, signal, clock);
      return statementDescription(statement, part);
    },
    GetStatementResult: async (input: object, { signal }: RequestContext) => {
      const { Id, WaitTimeSeconds, NextToken } = parseRequest(GetStatementResultSchema, input);
      const located = store.find(Id);
      await waitForEnd(located.progress, WaitTimeSeconds, signal, clock);
      if (isBatch(located.statement) && located.part === undefined) throw noResult(Id);
      return writeResultPage(Id, findResult(Id, located.progress, store), NextToken);
    },
    CancelStatement: async (input: object) => {
      const { Id } = parseRequest(CancelStatementSchema, input);
      const { statement, part } = store.find(Id);
      if (part !== undefined) throw invalid('A batch can only be cancelled as a whole.');
      return { Status: await cancelStatement(statement) };
    },
    ListStatements: async (input: object) => {
      const request = parseRequest(ListStatementsSchema, input);
      const key = targetKey(request.ClusterIdentifier, request.WorkgroupName, known);
      return statementPage(store.list(UNENDED.has(request.Status ?? '')), request, key);
    },
  };
}

function findResult(id: string, progress: Progress, store: StatementStore): ResultSet {
  if (progress.status !== 'FINISHED' || !progress.hasResultSet) throw noResult(id);
  if (progress.result) return progress.result;
  throw store.resultExpired(progress);
}

function writeResultPage(id: string, result: ResultSet, nextToken: string | undefined): object {
  const index = nextToken ? readPageToken(id, nextToken) : 0;
  const rows = readPage(result, index);
  if (rows === undefined) throw invalid('Invalid NextToken.');
  return {
    Records: writeRecords(result.columns, rows),
    ColumnMetadata: writeColumnMetadata(result.columns),
    TotalNumRows: result.totalRows,
    ...(index + 1 < result.pages.length ? { NextToken: writePageToken(id, index + 1) } : {}),
  };
}

/** Only what runs can be cancelled; what has not started goes on, and will run. */
async function cancelStatement(statement: StoredStatement): Promise<boolean> {
  const { progress, session } = statement;
  if (hasEnded(progress)) {
    throw invalid(
      `Could not cancel a query that is already in ${progress.status} state with ID: ${statement.id}`,
    );
  }
  if (progress.status !== 'STARTED' || session === undefined) return false;
  statement.cancelRequested = true;
  await session.cancel().catch((error: unknown) => {
    throw new AwsError('DatabaseConnectionException', (error as Error).message, 500);
  });
  return true;
}

const invalid = (message: string) => new AwsError('ValidationException', message);

const noResult = (id: string) =>
  new AwsError(
    'ResourceNotFoundException',
    'Query does not have result. Please check query status with DescribeStatement.',
    400,
    { ResourceId: id },
  );
