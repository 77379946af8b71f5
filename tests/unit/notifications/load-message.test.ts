import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { DmsEventSchema } from '../../../src/loads/dms-event.ts';
import { composeMessage } from '../../../src/notifications/forms/compose-message.ts';
import { announceLoadEnd, findTask } from '../../../src/notifications/load-message.ts';
import { watchedTasks } from '../../../src/notifications/watched-tasks.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';

const sample = new URL('../../events/notify-outcome-load-failed.json', import.meta.url);
const failed = DmsEventSchema.parse(JSON.parse(await readFile(sample, 'utf8')));
const tasks = watchedTasks([orders], { 'orders-task': ORDERS_TASK_ARN });
const ofOrders = { ...failed, resources: [ORDERS_TASK_ARN] };

describe('the message about a load of which no run is started', () => {
  it('names task, cause and the pipelines that wait for it', () => {
    const reason = 'Last Error  ODBC general error. Stop Reason RECOVERABLE_ERROR Error Level RECOVERABLE';
    const message = composeMessage(
      announceLoadEnd(ofOrders, findTask(tasks, ofOrders), { kind: 'failed', reason }),
    );

    expect(message.subject).toBe('LOAD FAILED: DMS task orders-task');
    expect(message.attributes).toEqual({
      event: 'load-failed',
      severity: 'error',
      task: 'orders-task',
      status: 'LOAD_FAILED',
      pipeline: ['load-orders'],
    });
    expect(message.body).toContain(`Cause: ${reason}`);
    expect(message.body).toContain('Pipelines that wait for it: load-orders');
  });

  it('says of a load that somebody has stopped that it may have been meant', () => {
    const reason = 'Stop Reason NORMAL';
    const message = composeMessage(
      announceLoadEnd(ofOrders, findTask(tasks, ofOrders), { kind: 'stopped', reason }),
    );

    expect(message.subject).toBe('LOAD STOPPED: DMS task orders-task');
    expect(message.attributes.status).toBe('LOAD_STOPPED');
    expect(message.body).toContain('What to do:\nNothing, if the stop was meant');
  });

  it('names a task that it does not know by the end of its ARN', () => {
    const message = composeMessage(
      announceLoadEnd(failed, findTask(tasks, failed), { kind: 'failed', reason: 'x' }),
    );

    expect(message.subject).toBe('LOAD FAILED: DMS task dms-full-dump-task');
    expect(message.body).not.toContain('Pipelines that wait for it');
  });
});
