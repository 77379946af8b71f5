import {
  ListStatementsCommand,
  type ListStatementsCommandInput,
  type StatementData,
} from '@aws-sdk/client-redshift-data';
import { toTypedError } from './api-error.ts';
import { type DataApi, RUNNING_STATUSES } from './describe.ts';
import { type Target, toTargetRequest } from './target.ts';

/**
 * Lists statements over all pages. The Data API shows only statements of the caller's own IAM role. The list is
 * eventually consistent: a statement that was just submitted may be missing.
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_ListStatements.html
 * @throws RedshiftUnavailable, InvalidConfig
 */
export async function listStatements(
  api: DataApi,
  filter: ListStatementsCommandInput,
): Promise<readonly StatementData[]> {
  const found: StatementData[] = [];
  let token: string | undefined;
  do {
    const command = new ListStatementsCommand({ ...filter, ...(token && { NextToken: token }) });
    const { Statements = [], NextToken } = await api.send(command).catch((error: unknown) => {
      throw toTypedError('ListStatements', error);
    });
    found.push(...Statements);
    token = NextToken;
  } while (token);
  return found;
}

/** A statement that was submitted under some name and has not ended. */
export interface RunningStatement {
  readonly id: string;
  /** Without the prefix that was looked for. */
  readonly name: string;
}

/** Lists the statements on a target whose names begin with a prefix and that have not ended. @throws as {@link listStatements} */
export async function runningStatements(
  api: DataApi,
  target: Target,
  prefix: string,
): Promise<readonly RunningStatement[]> {
  const { Database, ClusterIdentifier, WorkgroupName } = toTargetRequest(target);
  const warehouse = ClusterIdentifier === undefined ? { WorkgroupName } : { ClusterIdentifier };
  const found = new Map<string, string>();
  // The API accepts one status at a time. The statuses are asked in the order in which a statement has them, so one
  // that moves on meanwhile is seen twice rather than never.
  for (const Status of RUNNING_STATUSES) {
    const request = { StatementName: prefix, Status, Database, ...warehouse };
    for (const { Id = '', StatementName = '' } of await listStatements(api, request))
      found.set(Id, StatementName);
  }
  return [...found].map(([id, name]) => ({ id, name: name.slice(prefix.length) }));
}
