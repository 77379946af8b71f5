import {
  ListStatementsCommand,
  type ListStatementsCommandInput,
  type StatementData,
} from '@aws-sdk/client-redshift-data';
import { toTypedError } from './api-error.ts';
import type { DataApi } from './describe.ts';

/** A statement that was found by the name it was submitted under. */
export interface FoundStatement {
  readonly id: string;
  readonly step: string;
  readonly attempt: number;
  readonly status: string;
  /** ISO 8601, UTC. */
  readonly submittedAt: string;
}

/**
 * Finds the statements that an execution has submitted, in every status, over all pages. The list is eventually
 * consistent: what was submitted just now may be missing.
 * @param step only this step's
 * @throws RedshiftUnavailable, InvalidConfig
 */
export async function findSubmitted(
  api: DataApi,
  executionName: string,
  step?: string,
): Promise<readonly FoundStatement[]> {
  const prefix = step === undefined ? `${executionName}/` : `${executionName}/${step}/`;
  const found: FoundStatement[] = [];
  let token: string | undefined;
  do {
    const page = {
      StatementName: prefix,
      Status: 'ALL' as const,
      ...(token === undefined ? {} : { NextToken: token }),
    };
    const { Statements = [], NextToken } = await listPage(api, page);
    found.push(...Statements.flatMap((statement) => toFound(statement, executionName)));
    token = NextToken;
  } while (token !== undefined && token !== '');
  return found;
}

async function listPage(api: DataApi, input: ListStatementsCommandInput) {
  try {
    return await api.send(new ListStatementsCommand(input));
  } catch (error) {
    throw toTypedError('ListStatements', error);
  }
}

/** A name that only begins like ours is somebody else's. */
function toFound(
  { Id, StatementName = '', Status, CreatedAt }: StatementData,
  executionName: string,
): readonly FoundStatement[] {
  const [name, step, attempt = '', ...rest] = StatementName.split('/');
  if (name !== executionName || step === undefined || !/^[1-9]\d*$/.test(attempt) || rest.length > 0)
    return [];
  if (Id === undefined || Status === undefined || CreatedAt === undefined) return [];
  return [{ id: Id, step, attempt: Number(attempt), status: Status, submittedAt: CreatedAt.toISOString() }];
}
