import type { StatementData } from '@aws-sdk/client-redshift-data';
import { arnName } from '../arn.ts';
import { type DataApi, RUNNING_STATUSES } from './describe.ts';
import { listStatements } from './list-statements.ts';

/** A statement that was found by the name it was submitted under. */
export interface FoundStatement {
  readonly id: string;
  readonly executionName: string;
  /**
   * From the parameters of a fenced step. Pipelines that use the same tasks have the same execution names; the ARN
   * tells them apart.
   */
  readonly executionArn?: string;
  readonly step: string;
  readonly attempt: number;
  /** The SQL as submitted, with one line for each statement of a batch. */
  readonly sql?: string;
  readonly status: string;
  /** ISO 8601, UTC. */
  readonly submittedAt: string;
}

/**
 * Finds the statements that an execution has submitted, in every status, over all pages. The list is eventually
 * consistent: a statement that was just submitted may be missing.
 * @param step only the statements of this step; compares their SQL where the list shows it
 * @throws RedshiftUnavailable, InvalidConfig
 */
export async function findSubmitted(
  api: DataApi,
  executionArn: string,
  step?: { readonly name: string; readonly sqls: readonly string[] },
): Promise<readonly FoundStatement[]> {
  const executionName = arnName(executionArn);
  // The slash at the end keeps `run-1` from matching `run-10`.
  const prefix = step === undefined ? `${executionName}/` : `${executionName}/${step.name}/`;
  const found = await listStatements(api, { StatementName: prefix, Status: 'ALL' });
  return found
    .flatMap(toFound)
    .filter(
      (one) =>
        one.executionName === executionName &&
        (one.executionArn ?? executionArn) === executionArn &&
        (step === undefined || (one.step === step.name && isSql(one, step.sqls))),
    );
}

function isSql({ sql }: FoundStatement, sqls: readonly string[]): boolean {
  return sql === undefined || sql === sqls.join('\n');
}

/** Finds the statements of all executions that have not ended. @throws RedshiftUnavailable, InvalidConfig */
export async function findRunning(api: DataApi): Promise<readonly FoundStatement[]> {
  const found: FoundStatement[] = [];
  // The API takes one status at a time.
  for (const status of RUNNING_STATUSES)
    found.push(...(await listStatements(api, { Status: status })).flatMap(toFound));
  return found;
}

/** A statement whose name has another form is not this system's. */
function toFound(item: StatementData): readonly FoundStatement[] {
  const { Id, StatementName = '', Status, CreatedAt, QueryParameters, QueryString, QueryStrings } = item;
  const [executionName, step, attempt = '', ...rest] = StatementName.split('/');
  if (!executionName || !step || !/^[1-9]\d*$/.test(attempt) || rest.length > 0) return [];
  if (Id === undefined || Status === undefined || CreatedAt === undefined) return [];
  const submittedAt = CreatedAt.toISOString();
  const executionArn = QueryParameters?.find(({ name }) => name === 'execution')?.value;
  const sql = QueryStrings?.join('\n') ?? QueryString;
  return [
    {
      ...{ id: Id, executionName, step, attempt: Number(attempt), status: Status, submittedAt },
      ...(executionArn === undefined ? {} : { executionArn }),
      ...(sql === undefined ? {} : { sql }),
    },
  ];
}
