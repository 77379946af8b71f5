import { TASK_STATE_CHANGE, TASK_STOPPED } from '../loads/dms-event.ts';
import { EXECUTION_STATUS_CHANGE, STOPPED_STATUSES } from '../runs/status-event.ts';

/** EventBridge event pattern of the rule that starts runs. */
export interface LoadFinishedPattern {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
  readonly resources: readonly string[];
  readonly detail: { readonly eventType: readonly string[] };
}

/**
 * Matches "task stopped" of the given tasks, and nothing else. The event's id and message are not in it: AWS's own
 * samples lack the one and word the other differently; whether a full load has finished is asked of DMS.
 */
export function compileLoadFinishedPattern(taskArns: readonly string[]): LoadFinishedPattern {
  return {
    source: ['aws.dms'],
    'detail-type': [TASK_STATE_CHANGE],
    resources: taskArns,
    detail: { eventType: [TASK_STOPPED] },
  };
}

/** Event pattern of the rule that cancels what a stopped execution has left running. */
export interface RunStoppedPattern {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
  readonly detail: { readonly status: readonly string[]; readonly stateMachineArn: readonly unknown[] };
}

/** Matches "aborted" and "timed out" of the given state machines. */
export function compileRunStoppedPattern(stateMachineArns: readonly unknown[]): RunStoppedPattern {
  return {
    source: ['aws.states'],
    'detail-type': [EXECUTION_STATUS_CHANGE],
    detail: { status: STOPPED_STATUSES, stateMachineArn: stateMachineArns },
  };
}
