import { epochSeconds } from '../../../answer-members.ts';
import { isBatch, type StoredStatement } from '../statement.ts';
import { readPageToken, writePageToken } from './page-token.ts';
import type { ListStatementsRequest } from './requests.ts';

const PAGE_SIZE = 100;

/**
 * One page of the statements that a request asks for, newest first. RoleLevel changes nothing: there is one caller.
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_ListStatements.html
 * @param targetKey of the cluster or workgroup that the request names
 * @throws AwsError ValidationException for a NextToken of another list
 */
export function listStatements(
  statements: readonly StoredStatement[],
  request: ListStatementsRequest,
  targetKey: string | undefined,
): object {
  const status = request.Status ?? 'FINISHED';
  const scope = JSON.stringify([status, request.StatementName, request.Database, targetKey]);
  const before = request.NextToken ? readPageToken(scope, request.NextToken) : Number.POSITIVE_INFINITY;
  const matches = statements.filter(
    (statement) =>
      statement.sequence < before &&
      (status === 'ALL' || statement.progress.status === status) &&
      (statement.name ?? '').startsWith(request.StatementName ?? '') &&
      (request.Database === undefined || statement.target.database === request.Database) &&
      (targetKey === undefined || statement.target.key === targetKey),
  );
  const page = matches.slice(0, request.MaxResults || PAGE_SIZE);
  const last = page.at(-1);
  return {
    Statements: page.map(writeListing),
    ...(last && page.length < matches.length ? { NextToken: writePageToken(scope, last.sequence) } : {}),
  };
}

function writeListing(statement: StoredStatement): object {
  const { progress, parts, parameters, target } = statement;
  const batch = isBatch(statement);
  return {
    Id: statement.id,
    ...(batch ? { QueryStrings: parts.map(({ sql }) => sql) } : { QueryString: parts[0]?.sql }),
    ...(parameters.length > 0 ? { QueryParameters: parameters } : {}),
    SecretArn: target.secretArn,
    Status: progress.status,
    StatementName: statement.name,
    CreatedAt: epochSeconds(progress.createdAt),
    UpdatedAt: epochSeconds(progress.updatedAt),
    IsBatchStatement: batch,
    ResultFormat: 'JSON',
  };
}
