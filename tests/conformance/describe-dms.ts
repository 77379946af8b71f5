import {
  DescribeReplicationTasksCommand,
  StartReplicationTaskCommand,
  type StartReplicationTaskTypeValue,
  StopReplicationTaskCommand,
} from '@aws-sdk/client-database-migration-service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeCurrentLoad, type FinishedLoad } from '../../src/loads/current-load.ts';
import { describeTask } from '../../src/loads/describe-task.ts';
import { DmsEventSchema, reasonToIgnore } from '../../src/loads/dms-event.ts';
import { listTableStates } from '../../src/loads/table-statistics.ts';
import { type DmsStage, LOADED_TABLES, TASKS } from './dms-stage.ts';

/** What the product relies on of DMS. */
export function describeDms(name: string, create: () => Promise<DmsStage>): void {
  describe(`DMS, ${name}`, () => {
    let stage: DmsStage;
    beforeAll(async () => {
      stage = await create();
    });
    afterAll(() => stage?.close());

    const arnOf = async (task: string) => {
      const Filters = [{ Name: 'replication-task-id', Values: [task] }];
      const { ReplicationTasks } = await stage.dms.send(new DescribeReplicationTasksCommand({ Filters }));
      return ReplicationTasks?.[0]?.ReplicationTaskArn ?? '';
    };
    const loadOf = async (task: string) => describeCurrentLoad(stage.dms, { arn: await arnOf(task) });
    const finished = async (task: string) => {
      const load = await loadOf(task);
      expect(load).toMatchObject({ kind: 'finished' });
      return load as FinishedLoad;
    };
    const tablesOf = async (task: string) => listTableStates(stage.dms, await arnOf(task));
    const start = async (task: string, type: StartReplicationTaskTypeValue) =>
      stage.dms.send(
        new StartReplicationTaskCommand({
          ReplicationTaskArn: await arnOf(task),
          StartReplicationTaskType: type,
        }),
      );
    const run = async (task: string, type: StartReplicationTaskTypeValue) => {
      await start(task, type);
      await stage.untilEnded();
    };
    const eventsOf = async (task: string) => {
      const arn = await arnOf(task);
      const events = stage.events.map((event) => DmsEventSchema.parse(event));
      return events.filter(({ resources }) => resources.includes(arn));
    };
    const stateFault = { name: 'InvalidResourceStateFault' };

    it('has no load of a task that was never started, which cannot be resumed or stopped', async () => {
      const ReplicationTaskArn = await arnOf(TASKS.sound);

      expect(await loadOf(TASKS.sound)).toMatchObject({ kind: 'none', isHidden: true });
      await expect(start(TASKS.sound, 'resume-processing')).rejects.toMatchObject(stateFault);
      await expect(
        stage.dms.send(new StopReplicationTaskCommand({ ReplicationTaskArn })),
      ).rejects.toMatchObject(stateFault);
    });

    it('loads all tables of a task, and says so', async () => {
      await run(TASKS.sound, 'start-replication');

      const load = await finished(TASKS.sound);
      expect(load).toMatchObject({ erroredTables: 0, freshSince: load.startedAt });
      expect(load.stoppedAt?.getTime()).toBeGreaterThan(load.startedAt.getTime());
      const tables = await tablesOf(TASKS.sound);
      expect(tables).toMatchObject(
        LOADED_TABLES.map((table) => ({ source: `source.${table}`, state: 'Table completed' })),
      );
      for (const [index, { rows, endedAt }] of tables.entries()) {
        expect(rows).toBeGreaterThan(0);
        expect(await stage.rowsOf(stage.staged(TASKS.sound, LOADED_TABLES[index] ?? ''))).toBe(rows);
        expect(endedAt?.getTime()).toBeGreaterThanOrEqual(load.startedAt.getTime());
        expect(endedAt?.getTime()).toBeLessThanOrEqual(load.stoppedAt?.getTime() ?? 0);
      }
    });

    it('sends an event when a task starts, and one when it has stopped', async () => {
      const events = await eventsOf(TASKS.sound);

      expect(events.map(({ detail }) => detail.eventType)).toEqual([
        'REPLICATION_TASK_STARTED',
        'REPLICATION_TASK_STOPPED',
      ]);
      expect(events.map((event) => reasonToIgnore(event) === undefined)).toEqual([false, true]);
      expect(events[1]?.detail).toMatchObject({
        detailMessage: 'Stop Reason FULL_LOAD_ONLY_FINISHED',
        ...{ type: 'REPLICATION_TASK', category: 'StateChange' },
      });
    });

    it('starts a task anew by a reload: the target is fresh since then', async () => {
      const before = await finished(TASKS.sound);
      await expect(start(TASKS.sound, 'start-replication')).rejects.toMatchObject(stateFault);

      await run(TASKS.sound, 'reload-target');

      const { startedAt, freshSince } = await finished(TASKS.sound);
      expect(startedAt.getTime()).toBeGreaterThan(before.startedAt.getTime());
      expect(freshSince).toEqual(startedAt);
      const { ReplicationTaskStats } = await describeTask(stage.dms, { arn: await arnOf(TASKS.sound) });
      expect(ReplicationTaskStats?.StartDate).toEqual(before.startedAt);
      for (const { endedAt = startedAt } of await tablesOf(TASKS.sound))
        expect(endedAt.getTime()).toBeGreaterThanOrEqual(startedAt.getTime());
    });

    it('runs a task once at a time, and shows that it runs', async () => {
      const release = await stage.hold(stage.staged(TASKS.held, LOADED_TABLES[0]));
      await start(TASKS.held, 'start-replication');

      const load = await loadOf(TASKS.held);
      await expect(start(TASKS.held, 'reload-target')).rejects.toMatchObject(stateFault);
      await release();
      await stage.untilEnded();

      expect(load).toMatchObject({ kind: 'running' });
      expect(await finished(TASKS.held)).toMatchObject({ startedAt: load.startedAt });
    });

    it('stops a task that runs: its load is none', async () => {
      const release = await stage.hold(stage.staged(TASKS.held, LOADED_TABLES[0]));
      await start(TASKS.held, 'reload-target');
      await stage.dms.send(new StopReplicationTaskCommand({ ReplicationTaskArn: await arnOf(TASKS.held) }));
      await release();
      await stage.untilEnded();

      expect(await loadOf(TASKS.held)).toMatchObject({ kind: 'none', stopReason: 'Stop Reason NORMAL' });
      const event = (await eventsOf(TASKS.held)).at(-1);
      expect(event?.detail.eventType).toBe('REPLICATION_TASK_STOPPED');
      expect(event && reasonToIgnore(event)).toContain('Stop Reason NORMAL');
    });

    it('finishes a load although a table failed, and says which', async () => {
      await run(TASKS.partial, 'start-replication');

      expect(await finished(TASKS.partial)).toMatchObject({ erroredTables: 1 });
      expect((await tablesOf(TASKS.partial)).map(({ state }) => state)).toEqual([
        'Table completed',
        'Table error',
      ]);
    });

    it('resumes a load with what is missing: the target is as fresh as before', async () => {
      const before = await finished(TASKS.partial);
      const [kept] = await tablesOf(TASKS.partial);

      await run(TASKS.partial, 'resume-processing');

      const load = await finished(TASKS.partial);
      expect(load).toMatchObject({ erroredTables: 0, freshSince: before.freshSince });
      expect(load.startedAt.getTime()).toBeGreaterThan(before.startedAt.getTime());
      const [first, second] = await tablesOf(TASKS.partial);
      expect(first).toEqual(kept);
      expect(second).toMatchObject({ state: 'Table completed' });
      expect(second?.endedAt?.getTime()).toBeGreaterThanOrEqual(load.startedAt.getTime());
    });

    it('fails where the source cannot be read, with an event of its own', async () => {
      await run(TASKS.failing, 'start-replication');

      expect(await loadOf(TASKS.failing)).toMatchObject({
        kind: 'none',
        stopReason: expect.stringContaining('Stop Reason FATAL_ERROR Error Level FATAL'),
      });
      const events = await eventsOf(TASKS.failing);
      expect(events.at(-1)?.detail).toMatchObject({
        eventType: 'REPLICATION_TASK_FAILED',
        category: 'Failure',
        detailMessage: expect.stringContaining('FATAL_ERROR'),
      });
    });

    it('knows no task of another ARN', async () => {
      const arn = `${await arnOf(TASKS.sound)}X`;

      await expect(describeTask(stage.dms, { arn })).rejects.toMatchObject({ name: 'InvalidConfig' });
      await expect(
        stage.dms.send(
          new StartReplicationTaskCommand({
            ReplicationTaskArn: arn,
            StartReplicationTaskType: 'reload-target',
          }),
        ),
      ).rejects.toMatchObject({ name: 'ResourceNotFoundFault' });
    });
  });
}
