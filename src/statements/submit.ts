import { BatchExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import { toTypedError } from './api-error.ts';
import type { DataApi } from './describe.ts';
import { clientToken, type SubmissionKey, statementName } from './identity.ts';
import { type Target, toTargetRequest } from './target.ts';

/**
 * Seconds that a submission waits for the statement's end: the shortest the API has. The published states follow
 * in any case, so waiting longer here would save no transition ($0.000025 each) and would keep the statement's id
 * from the execution's record; a second is enough for what fails at once (a missing procedure, a load that was
 * applied before) to fail in the state that bears the step's name.
 */
const SUBMIT_WAIT_SECONDS = 1;

export interface Submission {
  readonly key: SubmissionKey;
  readonly target: Target;
  /** Statements of one transaction: if one fails, all are rolled back. */
  readonly sqls: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}

function toSqlParameters(parameters: Submission['parameters']) {
  return Object.entries(parameters).map(([name, value]) => ({ name, value }));
}

/**
 * Submits a step's transaction. Submitting the same key again, within 8 hours, submits nothing and answers the id
 * of the first time.
 * @throws RedshiftUnavailable, InvalidConfig
 */
export async function submitTransaction(
  api: DataApi,
  { key, target, sqls, parameters }: Submission,
): Promise<{ id: string; status: string; submittedAt: Date }> {
  const command = new BatchExecuteStatementCommand({
    ...toTargetRequest(target),
    Sqls: [...sqls],
    // The API takes no empty list.
    ...(Object.keys(parameters).length === 0 ? {} : { Parameters: toSqlParameters(parameters) }),
    StatementName: statementName(key),
    ClientToken: clientToken(key),
    WaitTimeSeconds: SUBMIT_WAIT_SECONDS,
  });
  try {
    const output = await api.send(command);
    if (output.Id === undefined || output.CreatedAt === undefined) {
      throw new TypeError('the answer has no Id or no CreatedAt');
    }
    return { id: output.Id, status: output.Status ?? 'SUBMITTED', submittedAt: output.CreatedAt };
  } catch (error) {
    throw toTypedError('BatchExecuteStatement', error);
  }
}
