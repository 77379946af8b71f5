import { createHash } from 'node:crypto';
import { epochSeconds } from '../../../answer-members.ts';
import { AwsError } from '../../../aws-error.ts';
import { isBatch, type StoredStatement } from '../statement.ts';
import type { ListStatementsRequest } from './requests.ts';

const PAGE_SIZE = 100;

/**
 * One page of the statements that a request asks for, newest first. RoleLevel changes nothing: there is one caller.
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_ListStatements.html
 * @param targetKey of the cluster or workgroup that the request names
 * @throws AwsError ValidationException for a NextToken of another list
 */
export function statementPage(
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

/**
 * An opaque NextToken that holds only for the request it was made for.
 * @param scope what has to be the same in the next request, e.g. the statement's id or the list's filters
 */
export function writePageToken(scope: string, position: number): string {
  return Buffer.from(JSON.stringify([digest(scope), position])).toString('base64url');
}

/** @throws AwsError ValidationException for a token that was not made for this request */
export function readPageToken(scope: string, token: string): number {
  try {
    const [owner, position] = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[];
    if (owner === digest(scope) && typeof position === 'number') return position;
  } catch {
    // Not one of ours: the same answer as for one of another request.
  }
  throw new AwsError('ValidationException', 'Invalid NextToken.');
}

const digest = (scope: string) => createHash('sha256').update(scope).digest('base64url').slice(0, 16);
