import {
  DescribeReplicationTasksCommand,
  DescribeTableStatisticsCommand,
} from '@aws-sdk/client-database-migration-service';
import { describe, expect, it } from 'vitest';
import { useLoadTasks } from './load-tasks.ts';

const dms = useLoadTasks();

import { copySchema } from './local-dms.ts';

describe('a task that has never run', () => {
  it('is ready, and has neither statistics nor tables', async () => {
    const task = await dms.task('shop');

    expect(task).toMatchObject({
      ReplicationTaskIdentifier: 'shop',
      ReplicationTaskArn: 'arn:aws:dms:us-east-1:000000000000:task:SHOP',
      MigrationType: 'full-load',
      Status: 'ready',
      ReplicationTaskCreationDate: expect.any(Date),
    });
    expect(task.ReplicationTaskStats).toBeUndefined();
    expect(JSON.parse(task.TableMappings ?? '')).toEqual(copySchema('shop', 'stage'));
    await expect(dms.tables('shop')).resolves.toEqual([]);
  });

  it('can be reloaded, but has nothing to resume', async () => {
    await expect(dms.start('shop', 'resume-processing')).rejects.toMatchObject({
      name: 'InvalidResourceStateFault',
    });
  });
});

describe('a load', () => {
  it('ends as finished although a table failed, which is left empty', async () => {
    await dms.run('shop', 'start-replication');

    const task = await dms.task('shop');
    expect(task).toMatchObject({
      Status: 'stopped',
      StopReason: 'Stop Reason FULL_LOAD_ONLY_FINISHED',
      ReplicationTaskStats: {
        FullLoadProgressPercent: 100,
        TablesLoaded: 1,
        TablesErrored: 1,
        TablesQueued: 0,
      },
    });
    expect(task.ReplicationTaskStats).not.toHaveProperty('FullLoadFinishDate');
    expect(task.ReplicationTaskStats?.FreshStartDate).toEqual(task.ReplicationTaskStats?.StartDate);
    await expect(dms.tables('shop')).resolves.toMatchObject([
      { SchemaName: 'shop', TableName: 'customer', TableState: 'Table completed', FullLoadRows: 3 },
      { SchemaName: 'shop', TableName: 'sales', TableState: 'Table error', FullLoadRows: 0 },
    ]);
    await expect(dms.sql('dev', 'SELECT * FROM stage.sales')).resolves.toEqual([]);
  });

  it('copies rows column by column name', async () => {
    const rows = await dms.sql('dev', 'SELECT * FROM stage.customer ORDER BY cust_id');

    expect(rows).toEqual([
      { cust_id: '100', Cust_Name: 'abc', loaded_at: null },
      { cust_id: '101', Cust_Name: 'tab\tand "quote"', loaded_at: null },
      { cust_id: '102', Cust_Name: null, loaded_at: null },
    ]);
  });

  it('announces its start and its end', () => {
    const event = (detail: object) => ({
      source: 'aws.dms',
      detailType: 'DMS Replication Task State Change',
      resources: ['arn:aws:dms:us-east-1:000000000000:task:SHOP'],
      detail: { ...detail, type: 'REPLICATION_TASK', category: 'StateChange' },
    });
    expect(dms.events).toEqual([
      event({
        eventId: 'DMS-EVENT-0069',
        eventType: 'REPLICATION_TASK_STARTED',
        detailMessage: 'Replication task started, with flag, fresh start',
      }),
      event({
        eventId: 'DMS-EVENT-0079',
        eventType: 'REPLICATION_TASK_STOPPED',
        detailMessage: 'Stop Reason FULL_LOAD_ONLY_FINISHED',
      }),
    ]);
  });

  it('is resumed with the tables that are missing; the others keep their times', async () => {
    const before = { task: await dms.task('shop'), tables: await dms.tables('shop') };

    await dms.run('shop', 'resume-processing');

    const after = { task: await dms.task('shop'), tables: await dms.tables('shop') };
    expect(after.tables[0]).toEqual(before.tables[0]);
    expect(after.tables[1]).toMatchObject({ TableState: 'Table completed', FullLoadRows: 6 });
    expect(after.task.ReplicationTaskStats?.FreshStartDate).toEqual(
      before.task.ReplicationTaskStats?.FreshStartDate,
    );
    expect(Number(after.task.ReplicationTaskStats?.StartDate)).toBeGreaterThan(
      Number(before.task.ReplicationTaskStats?.StartDate),
    );
    expect(dms.events.at(-2)?.detail).toMatchObject({
      detailMessage: 'Replication task started, with flag, resume',
    });
  });

  it('is repeated from the beginning by a reload, which moves only FreshStartDate', async () => {
    const before = { task: await dms.task('shop'), tables: await dms.tables('shop') };
    await dms.sql('source', "INSERT INTO shop.sales VALUES ('7', '101', 7)");

    await dms.run('shop', 'reload-target');

    const after = { task: await dms.task('shop'), tables: await dms.tables('shop') };
    expect(after.tables).toMatchObject([{ FullLoadRows: 3 }, { FullLoadRows: 7 }]);
    expect(Number(after.tables[0]?.FullLoadEndTime)).toBeGreaterThan(
      Number(before.tables[0]?.FullLoadEndTime),
    );
    expect(after.task.ReplicationTaskStats?.StartDate).toEqual(before.task.ReplicationTaskStats?.StartDate);
    expect(Number(after.task.ReplicationTaskStats?.FreshStartDate)).toBeGreaterThan(
      Number(before.task.ReplicationTaskStats?.FreshStartDate),
    );
    await expect(dms.sql('dev', 'SELECT count(*)::int AS n FROM stage.sales')).resolves.toEqual([{ n: 7 }]);
  });

  it('cannot be started for the first time twice', async () => {
    await expect(dms.start('shop', 'start-replication')).rejects.toMatchObject({
      name: 'InvalidResourceStateFault',
      message: 'Start Type : START_REPLICATION, valid only for tasks running for the first time',
    });
  });
});

describe('a table that cannot be loaded', () => {
  it('ends in an error of its own, while the others are loaded', async () => {
    await dms.run('broken', 'start-replication');

    await expect(dms.tables('broken')).resolves.toMatchObject([
      { TableName: 'bad_value', TableState: 'Table error' },
      { TableName: 'fine', TableState: 'Table completed', FullLoadRows: 2 },
      { TableName: 'no_target', TableState: 'Table error' },
      { TableName: 'wrong_column', TableState: 'Table error' },
    ]);
    await expect(dms.task('broken')).resolves.toMatchObject({ Status: 'stopped' });
  });
});

describe('DescribeReplicationTasks', () => {
  it('says when no task matches', async () => {
    const Filters = [{ Name: 'replication-task-id', Values: ['nobody'] }];
    const answer = dms.client.send(new DescribeReplicationTasksCommand({ Filters }));

    await expect(answer).rejects.toMatchObject({
      name: 'ResourceNotFoundFault',
      message: expect.stringContaining('No Tasks found matching the filters'),
    });
  });

  it('leaves settings and mappings out when asked to', async () => {
    const answer = await dms.client.send(new DescribeReplicationTasksCommand({ WithoutSettings: true }));

    expect(answer.ReplicationTasks).toHaveLength(6);
    expect(answer.ReplicationTasks?.[0]).not.toHaveProperty('TableMappings');
    expect(answer.ReplicationTasks?.[0]).not.toHaveProperty('ReplicationTaskSettings');
  });
});

describe('DescribeTableStatistics', () => {
  it('filters by name and state', async () => {
    const { ReplicationTaskArn } = await dms.task('broken');
    const Filters = [
      { Name: 'schema-name', Values: ['broken'] },
      { Name: 'table-state', Values: ['Table error'] },
      { Name: 'table-name', Values: ['fine', 'no_target'] },
    ];
    const answer = await dms.client.send(new DescribeTableStatisticsCommand({ ReplicationTaskArn, Filters }));

    expect(answer.TableStatistics).toMatchObject([
      { TableName: 'no_target', ValidationState: 'Not enabled', FullLoadReloaded: false, Inserts: 0 },
    ]);
  });

  it('does not find an unknown task', async () => {
    const ReplicationTaskArn = 'arn:aws:dms:us-east-1:000000000000:task:NOBODY';
    const answer = dms.client.send(new DescribeTableStatisticsCommand({ ReplicationTaskArn }));

    await expect(answer).rejects.toMatchObject({ name: 'ResourceNotFoundFault' });
  });
});
