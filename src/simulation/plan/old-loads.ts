import { finishedReason } from '../dms/run-load.ts';
import type { World } from '../world.ts';
import { DAY_MS } from './world-plan.ts';

const AGE_MS = 10 * DAY_MS;
const LENGTH_MS = 600_000;
const ROWS = 77;

/** Loads that had ended long before the pipelines were there: nothing may be run for them. */
export function recordOldLoads({ plan, tasks, warehouse, beganAt }: World): void {
  const startedAt = beganAt - AGE_MS;
  const endedAt = startedAt + LENGTH_MS;
  for (const task of tasks) {
    if (!plan.oldLoads.some((identifier) => identifier === task.identifier)) continue;
    const tables = task.tables.map(({ staged }) => warehouse.table(staged));
    for (const table of tables) Object.assign(table, { filledBy: startedAt, rows: ROWS, isComplete: true });
    for (const table of task.tables) Object.assign(table, { state: 'Table completed', rows: ROWS, endedAt });
    task.loads.push({
      ...{ taskArn: task.arn, startedAt, freshAt: startedAt, endedAt, isFinished: true },
      complete: new Map(tables.map(({ name }) => [name, ROWS])),
    });
    const dates = { freshAt: startedAt, startAt: startedAt, stopAt: endedAt, fullLoadAt: startedAt };
    const stopReason = finishedReason(task);
    task.course.push({ at: endedAt, state: { status: 'stopped', stopReason, ...dates } });
  }
}
