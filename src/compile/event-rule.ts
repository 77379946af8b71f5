import { TASK_STATE_CHANGE, TASK_STOPPED } from '../loads/dms-event.ts';

/** EventBridge event pattern of the rule that starts runs. */
export interface EventPattern {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
  readonly resources: readonly string[];
  readonly detail: { readonly eventType: readonly string[] };
}

/**
 * Matches "task stopped" of the given tasks, and nothing else. The event's id and message are not in it: AWS's own
 * samples lack the one and word the other differently; whether a full load has finished is asked of DMS.
 */
export function compileEventPattern(taskArns: readonly string[]): EventPattern {
  return {
    source: ['aws.dms'],
    'detail-type': [TASK_STATE_CHANGE],
    resources: taskArns,
    detail: { eventType: [TASK_STOPPED] },
  };
}
