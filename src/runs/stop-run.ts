import type { DataApi } from '../data-api/describe.ts';
import { describeExecution } from '../executions/describe-execution.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import { STOPPED_STATUSES, type StatusEvent } from '../executions/status-event.ts';
import { stopStatements } from '../statements/stop.ts';

/** What stop-statements did, and why. */
export interface StopAnswer {
  readonly outcome: 'stopped' | 'ignored';
  /** Ids of the statements that were cancelled. */
  readonly statementIds: readonly string[];
  readonly reason: string;
}

/**
 * Cancels the statements of an execution that was stopped or timed out. Events can come late, twice and out of order.
 * If the execution was redriven since the event, its statements are left alone.
 * @throws RedshiftUnavailable when a statement has not ended after a cancel
 */
export async function stopRun(
  { sfn, api }: { readonly sfn: StepFunctions; readonly api: DataApi },
  { detail }: StatusEvent,
): Promise<StopAnswer> {
  if (!isStopped(detail.status))
    return ignored(
      `statements are cancelled only when a run was stopped or timed out; this one is ${detail.status}`,
    );
  const now = await describeExecution(sfn, detail.executionArn);
  if (now === undefined) return ignored('the execution no longer exists');
  if (!isStopped(now.status)) return ignored(`the execution is now ${now.status}`);
  if (now.redriveCount !== detail.redriveCount) return ignored('the execution was redriven since');
  const stopped = await stopStatements(api, detail.executionArn);
  const statementIds = stopped.map(({ id }) => id);
  return { outcome: 'stopped', statementIds, reason: `the execution is ${detail.status}` };
}

function isStopped(status: string): boolean {
  return (STOPPED_STATUSES as readonly string[]).includes(status);
}

function ignored(reason: string): StopAnswer {
  return { outcome: 'ignored', statementIds: [], reason };
}
