import { createHash } from 'node:crypto';
import { BatchExecuteStatementCommand, ExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import { toTypedError } from '../data-api/api-error.ts';
import type { DataApi } from '../data-api/describe.ts';
import { type Target, toTargetRequest } from '../data-api/target.ts';

/** Prefix of the names of all statements of a migrate. */
export const STATEMENT_PREFIX = 'migrate/';

/**
 * Seconds that a submission waits: the shortest that the API offers, so that the statement's ID is known when it must
 * be cancelled.
 */
const SUBMIT_WAIT_SECONDS = 1;

/**
 * Submits statements as one transaction, or a single statement by itself.
 * @param key for 8 hours, the same key on the same target stands for the statement that was submitted with it
 * @throws RedshiftUnavailable, InvalidConfig
 */
export async function submitSql(
  api: DataApi,
  target: Target,
  name: string,
  sqls: readonly string[],
  key: string,
): Promise<{ readonly id: string; readonly createdAt: number }> {
  const common = {
    ...toTargetRequest(target),
    ClientToken: tokenOf(target, key),
    StatementName: `${STATEMENT_PREFIX}${name}`,
    WaitTimeSeconds: SUBMIT_WAIT_SECONDS,
  };
  const [first = '', ...others] = sqls;
  try {
    const { Id = '', CreatedAt } = await (others.length === 0
      ? api.send(new ExecuteStatementCommand({ ...common, Sql: first }))
      : api.send(new BatchExecuteStatementCommand({ ...common, Sqls: [...sqls] })));
    return { id: Id, createdAt: CreatedAt?.getTime() ?? 0 };
  } catch (error) {
    throw toTypedError(`migrating ${name}`, error);
  }
}

/** The API accepts 64 characters, and remembers a token across targets. */
function tokenOf(target: Target, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([target, key]))
    .digest('hex');
}
