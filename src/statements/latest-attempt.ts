import type { DataApi } from '../data-api/describe.ts';
import { findSubmitted } from '../data-api/find-submitted.ts';
import type { StatementRecord } from './record.ts';
import type { StepRequest } from './step-request.ts';

/**
 * The last attempt that an execution has submitted for a step, as the lists show it; undefined when they show none.
 * An attempt from before the last redrive may be followed by another one.
 * @throws RedshiftUnavailable, InvalidConfig
 */
export async function findLatestAttempt(
  api: DataApi,
  { execution, step, sqls }: StepRequest,
): Promise<StatementRecord | undefined> {
  const found = await findSubmitted(api, execution.arn, { name: step, sqls });
  const latest = found.toSorted((a, b) => b.attempt - a.attempt)[0];
  if (latest === undefined) return undefined;
  const { id, attempt, status, submittedAt } = latest;
  const { redriveCount, redrivenAt } = execution;
  // Compared as times, because Step Functions omits zeros at the end of a second's fraction.
  const isOfThisLife = redrivenAt === null || Date.parse(submittedAt) >= Date.parse(redrivenAt);
  return {
    ...{ id, attempt, status, submittedAt, complete: false, waitSeconds: 0, retries: 0 },
    redriveSeen: isOfThisLife ? redriveCount : redriveCount - 1,
  };
}
