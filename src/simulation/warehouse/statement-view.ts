import { isAlive, type Statement, type StatementStatus, statusOf } from './statement.ts';

const NS_PER_MS = 1_000_000;

/** DescribeStatement's answer, as on the wire. */
export function describe(statement: Statement, now: number): object {
  const { id, error, startedAt, course, createdAt } = statement;
  const end = isAlive(statement) ? now : (course.at(-1)?.at ?? now);
  return {
    Id: id,
    Status: statusOf(statement),
    CreatedAt: createdAt / 1000,
    Duration: startedAt === undefined ? 0 : (end - startedAt) * NS_PER_MS,
    RedshiftQueryId: 0,
    ...(error === undefined ? {} : { Error: error }),
  };
}

/** An entry of ListStatements, as on the wire. */
export function listItem(
  { id, name, createdAt, sqls, parameters }: Statement,
  status: StatementStatus,
): object {
  return {
    ...{ Id: id, StatementName: name, Status: status, CreatedAt: createdAt / 1000, QueryStrings: sqls },
    QueryParameters: Object.entries(parameters).map(([key, value]) => ({ name: key, value })),
  };
}
