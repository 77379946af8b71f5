import { ExecuteStatementCommand, GetStatementResultCommand } from '@aws-sdk/client-redshift-data';
import { RedshiftUnavailable } from '../errors/errors.ts';
import { toTypedError } from './api-error.ts';
import { isRunning } from './decide.ts';
import { type DataApi, describeStatement } from './describe.ts';
import { toStatementError } from './failure.ts';
import { clientToken, statementName } from './identity.ts';
import { type Target, toTargetRequest } from './target.ts';

/** For whom rows are counted. */
export interface CountRequest {
  readonly pipeline: string;
  readonly target: Target;
  readonly execution: { readonly arn: string; readonly name: string; readonly redriveCount: number };
}

export interface CountContext {
  readonly api: DataApi;
  /** Milliseconds that the invocation has left. */
  remainingMs(): number;
}

/** Name of the state that counts, as a step's name stands in a statement's. */
const STATE = 'Verify_Full_Load';
const LONG_POLL_SECONDS = 20;
const RESERVE_MS = 30_000;
const COUNT_TIMEOUT_SECONDS = 900;

/**
 * Counts the rows of tables, all in one query.
 * @param tables `schema.name`, validated when the pipeline was defined
 * @returns rows by table
 * @throws StatementFailed, StatementAborted, RedshiftUnavailable, InvalidConfig
 */
export async function countRows(
  { api, remainingMs }: CountContext,
  request: CountRequest,
  tables: readonly string[],
): Promise<Readonly<Record<string, number>>> {
  const sql = tables
    .map((table) => `SELECT '${table}' AS staged_table, count(*) AS staged_rows FROM ${table}`)
    .join(' UNION ALL ');
  const id = await submit(api, request, sql);
  for (;;) {
    const description = await describeStatement(api, id, LONG_POLL_SECONDS);
    if (description.status === 'FINISHED') return readCounts(api, id);
    if (!isRunning(description.status)) throw countFailed(request, sql, description);
    // Asked again, the same token finds the same statement.
    if (remainingMs() < RESERVE_MS)
      throw new RedshiftUnavailable(`statement ${id} is still counting staged rows`);
  }
}

/** Each life of an execution counts anew: what an earlier one has counted may have changed. */
async function submit(api: DataApi, { target, execution }: CountRequest, sql: string): Promise<string> {
  const attempt = execution.redriveCount + 1;
  const key = { executionArn: execution.arn, executionName: execution.name, step: STATE, attempt };
  const command = new ExecuteStatementCommand({
    ...toTargetRequest(target),
    Sql: sql,
    StatementName: statementName(key),
    ClientToken: clientToken(key),
  });
  try {
    const { Id = '' } = await api.send(command);
    return Id;
  } catch (error) {
    throw toTypedError('counting staged rows', error);
  }
}

async function readCounts(api: DataApi, id: string): Promise<Readonly<Record<string, number>>> {
  try {
    const { Records = [] } = await api.send(new GetStatementResultCommand({ Id: id }));
    return Object.fromEntries(
      Records.map(([table, rows]) => [table?.stringValue ?? '', rows?.longValue ?? 0]),
    );
  } catch (error) {
    throw toTypedError('GetStatementResult', error);
  }
}

function countFailed(
  { pipeline }: CountRequest,
  sql: string,
  description: Parameters<typeof toStatementError>[1],
) {
  const policy = { timeoutSeconds: COUNT_TIMEOUT_SECONDS, attempts: 1, retryOn: [], commits: false };
  return toStatementError({ pipeline, step: STATE, sqls: [sql], policy }, description, 'other', false);
}
