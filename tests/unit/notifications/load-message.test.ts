import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { DmsEventSchema } from '../../../src/loads/dms-event.ts';
import { composeLoadFailure } from '../../../src/notifications/load-message.ts';
import { watchedTasks } from '../../../src/notifications/watched-tasks.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';

const sample = new URL('../../events/notify-outcome-load-failed.json', import.meta.url);
const failed = DmsEventSchema.parse(JSON.parse(await readFile(sample, 'utf8')));
const tasks = watchedTasks([orders], { 'orders-task': ORDERS_TASK_ARN });

describe('the message about a load that failed', () => {
  it('names task, cause and the pipelines that wait for it', () => {
    const cause = 'Last Error  ODBC general error. Stop Reason RECOVERABLE_ERROR Error Level RECOVERABLE';
    const message = composeLoadFailure({ ...failed, resources: [ORDERS_TASK_ARN] }, tasks, cause);

    expect(message.subject).toBe('LOAD FAILED: DMS task orders-task');
    expect(message.body).toContain(`Cause: ${cause}`);
    expect(message.body).toContain('Waiting for it: load-orders');
  });

  it('names a task that it does not know by the end of its ARN', () => {
    expect(composeLoadFailure(failed, tasks, '').subject).toBe('LOAD FAILED: DMS task dms-full-dump-task');
  });

  it('says so where no cause is known', () => {
    expect(composeLoadFailure(failed, tasks, '').body).toContain('Cause: DMS gives none');
  });
});
