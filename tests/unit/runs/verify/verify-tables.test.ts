import {
  DescribeReplicationTasksCommand,
  DescribeTableStatisticsCommand,
} from '@aws-sdk/client-database-migration-service';
import { DescribeStatementCommand } from '@aws-sdk/client-redshift-data';
import { beforeEach, describe, expect, it } from 'vitest';
import { ORDERS_TASK_ARN } from '../../../fixtures/pipeline.ts';
import { finishedTask, verifyRequest } from '../../../fixtures/turn-request.ts';
import { api, dms, reset, staged, table, verify } from './verify-world.ts';

const countFails = (text: string) =>
  api.on(DescribeStatementCommand).resolves({ Status: 'FAILED', Error: text });

describe('verifyLoad', () => {
  beforeEach(reset);

  it.each([
    [
      'ERROR: permission denied for relation orders_stg',
      'The database user runtime may not read mart.orders_stg',
    ],
    ['ERROR: permission denied for table orders_stg', 'R__user_grants.sql'],
    ['ERROR: permission denied for schema mart', 'may not read mart.orders_stg, mart.items_stg'],
    ['ERROR: schema "mart" does not exist', 'The staged table or schema mart does not exist'],
    ['ERROR: relation "elt.fence_x" does not exist', 'Create it with npm run migrate -- --stage STAGE'],
  ])('says of a count that fails what to do: %s', async (error, words) => {
    countFails(error);

    await expect(verify()).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.stringContaining(words),
    });
  });

  describe('where another table of the task has failed', () => {
    beforeEach(() => {
      dms.on(DescribeTableStatisticsCommand).resolves({
        TableStatistics: [table('orders', 3), table('items', 9), table('audit', 0, 'Table error')],
      });
      const stats = { ...finishedTask.ReplicationTaskStats, TablesErrored: 1 };
      dms
        .on(DescribeReplicationTasksCommand)
        .resolves({ ReplicationTasks: [{ ...finishedTask, ReplicationTaskStats: stats }] });
    });

    it('fails unless other tables are ignored', async () => {
      await expect(verify()).rejects.toMatchObject({
        message: expect.stringContaining('shop.audit: Table error'),
      });
    });

    it('goes on and says so when they are', async () => {
      await expect(verify({ otherTables: 'ignore' })).resolves.toMatchObject({
        warnings: [expect.stringMatching(/^ignored.*shop\.audit: Table error$/)],
      });
    });

    it('names the task in it where the pipeline has several', async () => {
      const [{ identifier, arn, startedAt } = { identifier: '', arn: '', startedAt: '' }] =
        verifyRequest.load.tasks;
      const other = { identifier: 'items-task', arn: `${arn}2`, startedAt };
      const stats = { ...finishedTask.ReplicationTaskStats, TablesErrored: 1 };
      dms.on(DescribeReplicationTasksCommand).callsFake(async ({ Filters }) => ({
        ReplicationTasks: [
          { ...finishedTask, ReplicationTaskArn: Filters[0].Values[0], ReplicationTaskStats: stats },
        ],
      }));
      dms.on(DescribeTableStatisticsCommand).callsFake(async ({ ReplicationTaskArn }) => ({
        TableStatistics:
          ReplicationTaskArn === arn
            ? [table('orders', 3)]
            : [table('items', 9), table('audit', 0, 'Table error')],
      }));
      const [orders, items] = verifyRequest.stagedTables;

      const answer = verify({
        load: { id: 'load-2', tasks: [{ identifier, arn, startedAt }, other] },
        stagedTables: [orders, { ...items, task: other.identifier }] as typeof verifyRequest.stagedTables,
        otherTables: 'ignore',
      });

      await expect(answer).resolves.toMatchObject({
        warnings: [expect.stringMatching(/^ignored.*task "items-task": shop\.audit: Table error$/)],
      });
    });

    it('fails when one that is used has failed, too', async () => {
      dms
        .on(DescribeTableStatisticsCommand)
        .resolves({ TableStatistics: [table('orders', 3), table('items', 9, 'Table error')] });

      await expect(verify({ otherTables: 'ignore' })).rejects.toMatchObject({
        name: 'LoadIncomplete',
        message: expect.stringContaining('shop.items: Table error'),
      });
    });

    it('fails when one that is used is none of the task’s', async () => {
      dms.on(DescribeTableStatisticsCommand).resolves({ TableStatistics: [table('orders', 3)] });

      await expect(verify({ otherTables: 'ignore' })).rejects.toMatchObject({
        message: expect.stringContaining('does not load the table shop.items'),
      });
    });
  });

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
          'mart.items_stg: has 7 rows, but DMS loaded 8 from shop.orders of task "us-task"',
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
});
