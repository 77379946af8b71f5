import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { type BusEvent, busEvent } from '../../../src/local/services/events/event-envelope.ts';
import { localTaskArn } from '../../../src/local-stage/local-stage.ts';
import { createModelTask, type DmsTask } from '../../../src/simulation/dms/dms-task.ts';

const STOP_REASON = 'Stop Reason FULL_LOAD_ONLY_FINISHED';
const LOAD_MS = 600_000;

/** The tasks of a pipeline, which load its staged tables. */
export function tasksOf({ tasks, stagedTables }: Pipeline): readonly DmsTask[] {
  return tasks.map((identifier) => {
    const own = stagedTables.filter(({ task }) => (task ?? tasks[0]) === identifier);
    const tables = own.map(({ table, source }) => ({
      name: (source ?? table).split('.')[1] ?? table,
      staged: table,
    }));
    return createModelTask(localTaskArn(identifier), identifier, tables);
  });
}

/** Ends a load of a task now. */
export function endLoad(task: DmsTask, now: number): void {
  const startedAt = now - LOAD_MS;
  for (const table of task.tables) Object.assign(table, { state: 'Table completed', rows: 1, endedAt: now });
  task.course.push({
    at: now,
    state: {
      ...{ status: 'stopped', stopReason: STOP_REASON },
      ...{ freshAt: startedAt, startAt: startedAt, stopAt: now, fullLoadAt: startedAt },
    },
  });
}

/** What DMS tells of that. */
export function stoppedEvent({ arn }: DmsTask, id: string, time: number): BusEvent {
  return busEvent({
    ...{ id, time, source: 'aws.dms', detailType: 'DMS Replication Task State Change', resources: [arn] },
    detail: {
      eventId: 'DMS-EVENT-0079',
      eventType: 'REPLICATION_TASK_STOPPED',
      detailMessage: STOP_REASON,
      type: 'REPLICATION_TASK',
      category: 'StateChange',
    },
  });
}
