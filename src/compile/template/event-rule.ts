import { EXECUTION_STATUS_CHANGE, FAILED_STATUSES, STOPPED_STATUSES } from '../../executions/status-event.ts';
import { TASK_FAILED, TASK_STATE_CHANGE, TASK_STOPPED } from '../../loads/dms-event.ts';

/** An EventBridge event pattern. */
export interface EventPattern {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
  readonly resources?: readonly string[];
  readonly detail: Readonly<Record<string, readonly unknown[]>>;
}

/**
 * Matches "task stopped" of the given tasks, and nothing else: the rule that starts runs. The pattern does not
 * contain the event's ID or message, because AWS's samples lack the one and word the other differently. DMS is asked
 * whether a full load has finished.
 */
export function compileLoadFinishedPattern(taskArns: readonly string[]): EventPattern {
  return taskEvents(taskArns, [TASK_STOPPED]);
}

/**
 * Matches "task failed" and "task stopped" of the given tasks. The function reads in the message whether a stop is a
 * failure.
 */
export function compileLoadFailedPattern(taskArns: readonly string[]): EventPattern {
  return taskEvents(taskArns, [TASK_FAILED, TASK_STOPPED]);
}

/**
 * Matches "aborted" and "timed out" of the given state machines: the rule that cancels statements that are still
 * running.
 */
export function compileRunStoppedPattern(stateMachineArns: readonly unknown[]): EventPattern {
  return runEvents(stateMachineArns, STOPPED_STATUSES);
}

/** Matches every end of an execution that may need a message. */
export function compileRunEndedPattern(stateMachineArns: readonly unknown[], success: boolean): EventPattern {
  return runEvents(stateMachineArns, success ? [...FAILED_STATUSES, 'SUCCEEDED'] : FAILED_STATUSES);
}

function taskEvents(taskArns: readonly string[], eventTypes: readonly string[]): EventPattern {
  return {
    source: ['aws.dms'],
    'detail-type': [TASK_STATE_CHANGE],
    resources: taskArns,
    detail: { eventType: eventTypes },
  };
}

function runEvents(stateMachineArns: readonly unknown[], statuses: readonly string[]): EventPattern {
  return {
    source: ['aws.states'],
    'detail-type': [EXECUTION_STATUS_CHANGE],
    detail: { status: statuses, stateMachineArn: stateMachineArns },
  };
}
