import {
  DescribeReplicationTasksCommand,
  DescribeTableStatisticsCommand,
} from '@aws-sdk/client-database-migration-service';
import { DescribeStatementCommand, ExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import { beforeEach, describe, expect, it } from 'vitest';
import { finishedTask, verifyRequest } from '../../../fixtures/turn-request.ts';
import { api, confirm, dms, reset, staged, table, verify } from './verify-world.ts';

describe('verifyLoad', () => {
  beforeEach(reset);

  it('answers the rows of each staged table, in the form in which the fence takes them', async () => {
    await expect(verify()).resolves.toEqual({
      stagedRows: 'mart.orders_stg=3,mart.items_stg=9',
      warnings: [],
    });
  });

  it('counts under a token of its own for each life of the execution', async () => {
    await verify();
    await verify();
    await verify({ ...verifyRequest, execution: { ...verifyRequest.execution, redriveCount: 1 } });

    const counts = api
      .commandCalls(ExecuteStatementCommand)
      .map((call) => call.args[0].input)
      .filter(({ StatementName }) => StatementName?.includes('/Verify_Full_Load/'));
    const tokens = counts.map(({ ClientToken }) => ClientToken);
    expect(tokens[1]).toBe(tokens[0]);
    expect(tokens[2]).not.toBe(tokens[0]);
  });

  it('looks at the tables of every page', async () => {
    dms
      .on(DescribeTableStatisticsCommand)
      .resolvesOnce({ TableStatistics: [table('orders', 3)], Marker: 'more' })
      .resolves({ TableStatistics: [table('items', 0, 'Table error')] });

    await expect(verify()).rejects.toMatchObject({
      name: 'LoadIncomplete',
      message: expect.stringContaining('shop.items: Table error'),
    });
  });

  it('says that the load has changed, whatever else DMS does not say of it', async () => {
    const stats = { ...finishedTask.ReplicationTaskStats, StartDate: new Date('2026-11-25T00:00:00.000Z') };
    dms
      .on(DescribeReplicationTasksCommand)
      .resolves({ ReplicationTasks: [{ ...finishedTask, ReplicationTaskStats: stats }] });
    dms.on(DescribeTableStatisticsCommand).rejects(new Error('slow down'));

    await expect(verify()).rejects.toMatchObject({ name: 'LoadChanged' });
  });

  it('waits where DMS takes no more calls now, and asks again for that alone', async () => {
    const full = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    dms
      .on(DescribeTableStatisticsCommand)
      .rejectsOnce(full)
      .rejectsOnce(full)
      .resolves({ TableStatistics: [table('orders', 3), table('items', 9)] });

    await expect(verify()).resolves.toMatchObject({ stagedRows: 'mart.orders_stg=3,mart.items_stg=9' });
    expect(dms.commandCalls(DescribeTableStatisticsCommand)).toHaveLength(3);
    // For its load and its settings, and for the load when all is counted.
    expect(dms.commandCalls(DescribeReplicationTasksCommand)).toHaveLength(3);
  });

  it('lets the state try again where DMS takes no calls for longer than the invocation has', async () => {
    const full = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    dms.on(DescribeTableStatisticsCommand).rejects(full);

    await expect(verify()).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    expect(dms.commandCalls(DescribeTableStatisticsCommand).length).toBeGreaterThan(20);
  });

  it('asks for nothing twice where the counts end while they are submitted', async () => {
    api.on(ExecuteStatementCommand).resolves({ Id: 'counting', Status: 'FINISHED' });

    await expect(verify()).resolves.toMatchObject({ stagedRows: 'mart.orders_stg=3,mart.items_stg=9' });
    expect(api.commandCalls(DescribeStatementCommand)).toHaveLength(0);
  });

  it('lists everything that is missing, and counts nothing when DMS says so already', async () => {
    const stats = { ...finishedTask.ReplicationTaskStats, TablesErrored: 1 };
    dms
      .on(DescribeReplicationTasksCommand)
      .resolves({ ReplicationTasks: [{ ...finishedTask, ReplicationTaskStats: stats }] });
    dms
      .on(DescribeTableStatisticsCommand)
      .resolves({ TableStatistics: [table('orders', 3), table('items', 0, 'Table error')] });

    await expect(verify()).rejects.toMatchObject({
      name: 'LoadIncomplete',
      message: expect.stringMatching(/This run has not touched production: shop\.items: Table error$/),
    });
    expect(api.calls()).toHaveLength(0);
  });

  it('takes a load of which DMS lists no table for none, and counts nothing', async () => {
    dms.on(DescribeTableStatisticsCommand).resolves({ TableStatistics: [] });

    await expect(verify()).rejects.toMatchObject({
      name: 'LoadIncomplete',
      message: expect.stringContaining('DMS lists no table'),
    });
    expect(api.calls()).toHaveLength(0);
  });

  it.each(['AccessDeniedException', 'ResourceNotFoundFault'])(
    'throws InvalidConfig when DMS refuses to list the tables: %s',
    async (name) => {
      dms.on(DescribeTableStatisticsCommand).rejects(Object.assign(new Error('no'), { name }));

      await expect(verify()).rejects.toMatchObject({ name: 'InvalidConfig' });
    },
  );

  it('throws LoadIncomplete when fewer rows are staged than DMS loaded', async () => {
    staged(3, 8);

    await expect(verify()).rejects.toMatchObject({
      name: 'LoadIncomplete',
      message: expect.stringContaining('mart.items_stg: has 8 rows, but DMS loaded 9 from shop.items'),
    });
  });

  it.each([
    ['verified', () => verify()],
    ['confirmed', () => confirm()],
  ])('throws LoadChanged when another load was started before it is %s', async (_when, ask) => {
    const stats = {
      ...finishedTask.ReplicationTaskStats,
      FreshStartDate: new Date('2026-11-24T02:00:00.000Z'),
    };
    dms
      .on(DescribeReplicationTasksCommand)
      .resolves({ ReplicationTasks: [{ ...finishedTask, ReplicationTaskStats: stats }] });

    await expect(ask()).rejects.toMatchObject({ name: 'LoadChanged' });
  });

  it.each([
    ['all of them are there', 'Table completed', 9],
    ['some of them are already gone', 'Table completed', 2],
    ['DMS says so before they are', 'Before load', 9],
  ])(
    'throws LoadChanged when DMS has begun to load while rows were counted, where %s',
    async (_where, state, rows) => {
      const stats = {
        ...finishedTask.ReplicationTaskStats,
        FreshStartDate: new Date('2026-11-24T02:00:00.000Z'),
      };
      const newlyRunning = { ...finishedTask, Status: 'running', ReplicationTaskStats: stats };
      dms
        .on(DescribeReplicationTasksCommand)
        .resolvesOnce({ ReplicationTasks: [finishedTask] })
        .resolves({ ReplicationTasks: [newlyRunning] });
      dms
        .on(DescribeTableStatisticsCommand)
        .resolves({ TableStatistics: [table('orders', 3), table('items', 9, state)] });
      staged(3, rows);

      await expect(verify()).rejects.toMatchObject({ name: 'LoadChanged' });
    },
  );

  it('asks only for the same load to confirm it', async () => {
    await expect(confirm()).resolves.toEqual({});
    expect(api.calls()).toHaveLength(0);
    expect(dms.commandCalls(DescribeTableStatisticsCommand)).toHaveLength(0);
  });

  it('leaves a count that takes longer than its invocation to the next one', async () => {
    api.on(DescribeStatementCommand).resolves({ Status: 'STARTED' });

    await expect(verify(verifyRequest, 10_000)).rejects.toMatchObject({ name: 'RedshiftUnavailable' });
  });

  it('throws the SQL error when rows cannot be counted', async () => {
    api
      .on(DescribeStatementCommand)
      .resolves({ Status: 'FAILED', Error: 'ERROR: relation "mart.items_stg" does not exist' });

    await expect(verify()).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.stringMatching(
        /^The staged table or schema mart\.items_stg does not exist.*npm run migrate/,
      ),
    });
  });
});
