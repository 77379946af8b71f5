import { StopReplicationTaskCommand } from '@aws-sdk/client-database-migration-service';
import { describe, expect, it } from 'vitest';
import { useLoadTasks } from './load-tasks.ts';

const dms = useLoadTasks();

describe('a task whose source cannot be read', () => {
  it.each([
    ['nothing', 'No tables were found at task initialization'],
    ['secret', 'permission denied'],
    ['no-source', 'database "gone" does not exist'],
  ])('fails: %s', async (identifier, message) => {
    await dms.run(identifier, 'start-replication');

    const task = await dms.task(identifier);
    expect(task.Status).toBe('failed');
    expect(task.LastFailureMessage).toContain(message);
    expect(task.LastFailureMessage).toMatch(/^Last Error {2}.* Stop Reason FATAL_ERROR Error Level FATAL$/);
    expect(task.StopReason).toBe(task.LastFailureMessage);
    expect(dms.events.at(-1)?.detail).toEqual({
      eventType: 'REPLICATION_TASK_FAILED',
      detailMessage: task.LastFailureMessage,
      category: 'Failure',
      type: 'REPLICATION_TASK',
    });
  });
});

describe('a task that waits for a lock', () => {
  it('is running, is not started again, and can be stopped', async () => {
    await dms.sql('dev', "INSERT INTO stage.sales VALUES ('kept', 'kept', 0)");
    const blocker = await dms.open('dev');
    await blocker.query('BEGIN; LOCK TABLE stage.sales IN ACCESS SHARE MODE');
    await dms.start('blocked', 'start-replication');
    await expect.poll(async () => (await dms.tables('blocked'))[1]?.TableState).toBe('Full load');

    await expect(dms.start('blocked', 'reload-target')).rejects.toMatchObject({
      name: 'InvalidResourceStateFault',
    });
    await expect(dms.task('blocked')).resolves.toMatchObject({ Status: 'running' });
    const { ReplicationTaskArn } = await dms.task('blocked');
    const answer = await dms.client.send(new StopReplicationTaskCommand({ ReplicationTaskArn }));
    await dms.idle();

    expect(answer.ReplicationTask?.Status).toBe('stopping');
    await expect(dms.task('blocked')).resolves.toMatchObject({
      Status: 'stopped',
      StopReason: 'Stop Reason NORMAL',
    });
    await expect(dms.tables('blocked')).resolves.toMatchObject([{}, { TableState: 'Table cancelled' }]);
    await blocker.end();
    await expect(dms.sql('dev', 'SELECT count(*)::int AS n FROM stage.sales')).resolves.toEqual([{ n: 2 }]);
  });

  it('cannot be stopped when it does not run', async () => {
    const { ReplicationTaskArn } = await dms.task('blocked');
    const stop = dms.client.send(new StopReplicationTaskCommand({ ReplicationTaskArn }));

    await expect(stop).rejects.toMatchObject({ name: 'InvalidResourceStateFault' });
  });
});
