import type { EventBus, JsonObject } from '../../contracts.ts';
import type { Task } from './task.ts';

const DETAIL_TYPE = 'DMS Replication Task State Change';

/** `flag` says how the task was started: `fresh start`, `resume`. */
export function publishStarted(bus: EventBus, task: Task, flag: string): Promise<void> {
  return publish(bus, task, {
    eventId: 'DMS-EVENT-0069',
    eventType: 'REPLICATION_TASK_STARTED',
    detailMessage: `Replication task started, with flag, ${flag}`,
    category: 'StateChange',
  });
}

/** The event that ends a load; its message is the task's stop reason. */
export function publishStopped(bus: EventBus, task: Task): Promise<void> {
  return publish(bus, task, {
    eventId: 'DMS-EVENT-0079',
    eventType: 'REPLICATION_TASK_STOPPED',
    detailMessage: task.stopReason ?? '',
    category: 'StateChange',
  });
}

/** Failures carry no event id: none has been seen in real ones, whatever the documentation lists. */
export function publishFailed(bus: EventBus, task: Task): Promise<void> {
  return publish(bus, task, {
    eventType: 'REPLICATION_TASK_FAILED',
    detailMessage: task.lastFailureMessage ?? '',
    category: 'Failure',
  });
}

function publish(bus: EventBus, task: Task, detail: JsonObject): Promise<void> {
  return bus.publish({
    source: 'aws.dms',
    detailType: DETAIL_TYPE,
    resources: [task.arn],
    detail: { ...detail, type: 'REPLICATION_TASK' },
  });
}
