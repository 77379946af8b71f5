import { describeStatement } from './describe.ts';
import { applyDecision, type FollowContext } from './follow.ts';
import type { StatementRecord } from './record.ts';
import type { StepRequest } from './step-request.ts';
import { submitTransaction } from './submit.ts';

export type StartContext = Pick<FollowContext, 'api' | 'clock'>;

const ENDED: ReadonlySet<string> = new Set(['FINISHED', 'FAILED', 'ABORTED']);

/**
 * Submits a step's transaction and looks at it once.
 * @returns the statement's record, `complete` when it has ended within the submission's wait
 * @throws StatementFailed, StatementAborted, RedshiftUnavailable, InvalidConfig
 */
export async function startStatement(context: StartContext, request: StepRequest): Promise<StatementRecord> {
  const { execution, step, sqls, parameters, target } = request;
  const attempt = 1;
  const key = { executionArn: execution.arn, executionName: execution.name, step, attempt };
  const { id, status, submittedAt } = await submitTransaction(context.api, { key, target, sqls, parameters });
  const record: StatementRecord = {
    id,
    attempt,
    redriveSeen: execution.redriveCount,
    status,
    submittedAt: submittedAt.toISOString(),
    complete: false,
    waitSeconds: 0,
  };
  if (!ENDED.has(status)) return record;
  return applyDecision(context, request, record, await describeStatement(context.api, id));
}
