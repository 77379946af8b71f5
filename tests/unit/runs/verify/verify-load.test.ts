import {
  DatabaseMigrationServiceClient,
  DescribeReplicationTasksCommand,
  DescribeTableStatisticsCommand,
} from '@aws-sdk/client-database-migration-service';
import {
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { confirmLoad, verifyLoad } from '../../../../src/runs/verify/verify-load.ts';
import { createJumpingClock } from '../../../fixtures/jumping-clock.ts';
import { ORDERS_TASK_ARN } from '../../../fixtures/pipeline.ts';
import { finishedTask, LOADED_AT, verifyRequest } from '../../../fixtures/turn-request.ts';

const region = 'eu-central-1';
const dms = mockClient(DatabaseMigrationServiceClient);
const api = mockClient(RedshiftDataClient);

const verify = (request = verifyRequest, remainingMs = 300_000) =>
  verifyLoad(
    {
      dms: new DatabaseMigrationServiceClient({ region }),
      api: new RedshiftDataClient({ region }),
      clock: createJumpingClock(LOADED_AT),
      random: () => 0,
      remainingMs: () => remainingMs,
    },
    request,
  );
const confirm = () => confirmLoad(new DatabaseMigrationServiceClient({ region }), verifyRequest);
const table = (TableName: string, FullLoadRows: number, TableState = 'Table completed') => ({
  SchemaName: 'shop',
  TableName,
  FullLoadRows,
  TableState,
  FullLoadEndTime: new Date(Date.parse(LOADED_AT) + 60_000),
});
const staged = (orders: number, items: number) =>
  api.on(GetStatementResultCommand).resolves({
    Records: [
      [{ stringValue: 'mart.orders_stg' }, { longValue: orders }],
      [{ stringValue: 'mart.items_stg' }, { longValue: items }],
    ],
  });

describe('verifyLoad', () => {
  beforeEach(() => {
    dms.reset();
    api.reset();
    dms.on(DescribeReplicationTasksCommand).resolves({ ReplicationTasks: [finishedTask] });
    dms
      .on(DescribeTableStatisticsCommand)
      .resolves({ TableStatistics: [table('orders', 3), table('items', 9)] });
    api.on(ExecuteStatementCommand).resolves({ Id: 'counting' });
    api.on(DescribeStatementCommand).resolves({ Status: 'FINISHED' });
    staged(3, 9);
  });

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

    const tokens = api.commandCalls(ExecuteStatementCommand).map((call) => call.args[0].input.ClientToken);
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
      message: expect.stringMatching(/this run has not touched production: shop\.items: Table error$/),
    });
    expect(api.calls()).toHaveLength(0);
  });

  it('takes a load of which DMS lists no table for none, and counts nothing', async () => {
    dms.on(DescribeTableStatisticsCommand).resolves({ TableStatistics: [] });

    await expect(verify()).rejects.toMatchObject({
      name: 'LoadIncomplete',
      message: expect.stringContaining('no table was loaded'),
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

  describe('of two tasks that load tables of the same name', () => {
    const US_ARN = ORDERS_TASK_ARN.replace('ORDERS', 'US');
    const [eu] = verifyRequest.load.tasks as [(typeof verifyRequest.load.tasks)[number]];
    const both = {
      ...verifyRequest,
      load: { ...verifyRequest.load, tasks: [eu, { ...eu, identifier: 'us-task', arn: US_ARN }] },
      stagedTables: [
        { table: 'mart.orders_stg', source: 'shop.orders', task: 'orders-task', minRows: 1 },
        { table: 'mart.items_stg', source: 'shop.orders', task: 'us-task', minRows: 1 },
      ],
    };
    const dmsLoads = (eu: object, us: object) => {
      dms.on(DescribeReplicationTasksCommand).callsFake(async ({ Filters: [{ Values }] }) => ({
        ReplicationTasks: [{ ...finishedTask, ReplicationTaskArn: Values[0] }],
      }));
      dms.on(DescribeTableStatisticsCommand).callsFake(async ({ ReplicationTaskArn }) => ({
        TableStatistics: [ReplicationTaskArn === US_ARN ? us : eu],
      }));
    };

    it('compares each staged table with its own task', async () => {
      dmsLoads(table('orders', 6), table('orders', 7));
      staged(6, 7);

      await expect(verify(both)).resolves.toMatchObject({
        stagedRows: 'mart.orders_stg=6,mart.items_stg=7',
      });
    });

    it('misses a row of one that the other’s count would hide', async () => {
      dmsLoads(table('orders', 7), table('orders', 8));
      staged(7, 7);

      await expect(verify(both)).rejects.toMatchObject({
        name: 'LoadIncomplete',
        message: expect.stringContaining(
          'mart.items_stg: has 7 rows, DMS loaded 8 from shop.orders of task "us-task"',
        ),
      });
    });

    it('says of which task a table could not be loaded', async () => {
      dmsLoads(table('orders', 7), table('orders', 0, 'Table error'));

      await expect(verify(both)).rejects.toMatchObject({
        message: expect.stringContaining(
          'has not touched production: task "us-task": shop.orders: Table error',
        ),
      });
    });
  });

  describe('of a task that validates', () => {
    const validated = (ValidationState: string, fields: object = {}) =>
      dms.on(DescribeTableStatisticsCommand).resolves({
        TableStatistics: [
          { ...table('orders', 3), ValidationState: 'Validated' },
          { ...table('items', 9), ValidationState, ...fields },
        ],
      });

    it.each([
      ['Mismatched records', { ValidationFailedRecords: 2 }, ', 2 failed'],
      [
        'Suspended records',
        { ValidationSuspendedRecords: 4, ValidationStateDetails: 'see the control table' },
        ', 4 suspended: see the control table',
      ],
      ['Error', {}, ''],
      ['Table error', {}, ''],
      ['Something new', {}, ''],
      [
        'Pending records',
        { ValidationFailedRecords: 1, ValidationPendingRecords: 5 },
        ', 1 failed, 5 pending',
      ],
    ])('throws LoadIncomplete where a table is said to have %s %j', async (state, fields, counts) => {
      validated(state, fields);

      await expect(verify()).rejects.toMatchObject({
        name: 'LoadIncomplete',
        message: expect.stringContaining(
          `has not touched production: shop.items: validation says "${state}"${counts}`,
        ),
      });
      expect(api.calls()).toHaveLength(0);
    });

    it.each(['Pending records', 'Pending validation', 'Pending revalidation', 'Preparing table'])(
      'has itself asked again while a table is said to have %s, and says what it waits for',
      async (state) => {
        validated(state, { ValidationPendingRecords: 5 });

        await expect(verify()).rejects.toMatchObject({
          name: 'ServiceUnavailable',
          message: expect.stringMatching(
            /validation of load load-2 .* is not over.*: shop\.items: validation says "P/,
          ),
        });
        expect(api.calls()).toHaveLength(0);
      },
    );

    it.each(['Not enabled', 'Validated'])('goes on where a table is said to be %s', async (state) => {
      validated(state);

      await expect(verify()).resolves.toMatchObject({ warnings: [] });
    });

    it('goes on with a warning where a table cannot be validated, for it has no key', async () => {
      validated('No primary key');

      await expect(verify()).resolves.toMatchObject({
        warnings: ['shop.items: validation says "No primary key"'],
      });
    });
  });

  it('throws LoadIncomplete when fewer rows are staged than DMS loaded', async () => {
    staged(3, 8);

    await expect(verify()).rejects.toMatchObject({
      name: 'LoadIncomplete',
      message: expect.stringContaining('mart.items_stg: has 8 rows, DMS loaded 9 from shop.items'),
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
    await expect(confirm()).resolves.toBeUndefined();
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
