import { epochSeconds } from '../../../answer-members.ts';
import { isBatch, type Progress, type StatementPart, type StoredStatement } from '../statement.ts';

/**
 * AWS's samples show 0 for a batch as a whole.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-calling-cli-describe-statement.html
 */
const BATCH_QUERY_ID = 0;

/**
 * What DescribeStatement answers. With `part`, the batch's own id and status, and of its SQL only that one.
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_DescribeStatement.html
 */
export function statementDescription(statement: StoredStatement, part?: number): object {
  const batch = isBatch(statement);
  return {
    Id: statement.id,
    ...targetMembers(statement),
    ...describeProgress(statement.progress),
    RedshiftPid: statement.pid,
    RedshiftQueryId: batch ? BATCH_QUERY_ID : statement.progress.queryId,
    ResultFormat: 'JSON',
    ...(batch ? describeBatch(statement, part) : { QueryString: statement.parts[0]?.sql }),
    ...(statement.parameters.length > 0 ? { QueryParameters: statement.parameters } : {}),
  };
}

/** Target and credentials as the request named them; undefined members are left out of JSON. */
export function targetMembers({ target }: StoredStatement): object {
  return {
    ClusterIdentifier: target.clusterIdentifier,
    WorkgroupName: target.workgroupName,
    Database: target.database,
    DbUser: target.dbUser,
    SecretArn: target.secretArn,
  };
}

function describeBatch(statement: StoredStatement, part: number | undefined): object {
  const all = statement.parts.map((entry, index) => describePart(statement.id, entry, index));
  return {
    ExecutionMode: statement.executionMode,
    SubStatements: part === undefined ? all : all.slice(part, part + 1),
  };
}

const describePart = (id: string, { sql, progress }: StatementPart, index: number) => ({
  Id: `${id}:${index + 1}`,
  ...describeProgress(progress),
  RedshiftQueryId: progress.queryId,
  QueryString: sql,
});

const describeProgress = (progress: Progress) => ({
  Status: progress.status,
  CreatedAt: epochSeconds(progress.createdAt),
  UpdatedAt: epochSeconds(progress.updatedAt),
  Duration: progress.durationNs,
  ResultRows: progress.rows,
  ResultSize: progress.resultSize,
  HasResultSet: progress.hasResultSet,
  Error: progress.error,
});
