import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type DmsEvent, DmsEventSchema } from '../../../src/loads/dms-event.ts';
import { composeLoadFailure } from '../../../src/notifications/load-message.ts';
import { watchedTasks } from '../../../src/notifications/watched-tasks.ts';
import { loadFinishedEvent } from '../../fixtures/dms-event.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';

const sample = new URL('../../events/notify-outcome-load-failed.json', import.meta.url);
const failed = DmsEventSchema.parse(JSON.parse(await readFile(sample, 'utf8')));
const tasks = watchedTasks([orders], { 'orders-task': ORDERS_TASK_ARN });

/** "Task stopped" of the fixtures' task, with another message. */
const stopped = (detailMessage: string): DmsEvent => ({
  ...loadFinishedEvent,
  source: 'aws.dms',
  detail: { ...loadFinishedEvent.detail, detailMessage },
});

describe('the message about a load that failed', () => {
  it('names task, cause and the pipelines that wait for it', () => {
    const message = composeLoadFailure({ ...failed, resources: [ORDERS_TASK_ARN] }, tasks);

    expect(message?.subject).toBe('LOAD FAILED: DMS task orders-task');
    expect(message?.body).toContain('Cause: Last Error  ODBC general error. Stop Reason RECOVERABLE_ERROR');
    expect(message?.body).toContain('Waiting for it: load-orders');
  });

  it('names a task that it does not know by the end of its ARN', () => {
    expect(composeLoadFailure(failed, tasks)?.subject).toBe('LOAD FAILED: DMS task dms-full-dump-task');
  });

  it.each(['RECOVERABLE_ERROR', 'FATAL_ERROR', 'STOPPED_DUE_TO_LOW_MEMORY', 'STOPPED_DUE_TO_LOW_DISK'])(
    'is sent for a stop with the reason %s',
    (reason) => {
      expect(composeLoadFailure(stopped(`Stop Reason ${reason}`), tasks)).toBeDefined();
    },
  );

  it.each(['Stop Reason FULL_LOAD_ONLY_FINISHED', 'Stop Reason NORMAL', 'Replication task stopped', ''])(
    'is not sent for %j',
    (message) => {
      expect(composeLoadFailure(stopped(message), tasks)).toBeUndefined();
    },
  );
});
