import { ListStatementsCommand, type ListStatementsCommandInput } from '@aws-sdk/client-redshift-data';
import { toTypedError } from './api-error.ts';
import type { DataApi } from './describe.ts';
import { type Target, toTargetRequest } from './target.ts';

/** A statement that was submitted under some name and has not ended. */
export interface RunningStatement {
  readonly id: string;
  /** Without the prefix that was looked for. */
  readonly name: string;
}

/** The API takes one status at a time. */
const RUNNING_STATUSES = ['SUBMITTED', 'PICKED', 'STARTED'] as const;

/**
 * Lists the statements on a target whose names begin with a prefix and that have not ended, over all pages. The Data API
 * shows those of the caller's own IAM role; the list is eventually consistent.
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_ListStatements.html
 * @throws RedshiftUnavailable, InvalidConfig
 */
export async function runningStatements(
  api: DataApi,
  target: Target,
  prefix: string,
): Promise<readonly RunningStatement[]> {
  const { Database, ClusterIdentifier, WorkgroupName } = toTargetRequest(target);
  const warehouse = ClusterIdentifier === undefined ? { WorkgroupName } : { ClusterIdentifier };
  const found = new Map<string, string>();
  // In turn, as statements go: one that moves on meanwhile is seen twice rather than never.
  for (const Status of RUNNING_STATUSES) {
    const request = { StatementName: prefix, Status, Database, ...warehouse };
    for (const { id, name } of await listAll(api, request)) found.set(id, name);
  }
  return [...found].map(([id, name]) => ({ id, name: name.slice(prefix.length) }));
}

async function listAll(
  api: DataApi,
  request: ListStatementsCommandInput,
): Promise<readonly RunningStatement[]> {
  const found: RunningStatement[] = [];
  let token: string | undefined;
  do {
    const { Statements = [], NextToken } = await listPage(api, {
      ...request,
      ...(token ? { NextToken: token } : {}),
    });
    found.push(...Statements.map(({ Id = '', StatementName = '' }) => ({ id: Id, name: StatementName })));
    token = NextToken;
  } while (token);
  return found;
}

async function listPage(api: DataApi, request: ListStatementsCommandInput) {
  try {
    return await api.send(new ListStatementsCommand(request));
  } catch (error) {
    throw toTypedError('ListStatements', error);
  }
}
