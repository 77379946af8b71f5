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
import { verifyLoad } from '../../../../src/runs/verify/verify-load.ts';
import { createJumpingClock } from '../../../fixtures/jumping-clock.ts';
import { finishedTask, LOADED_AT, verifyRequest } from '../../../fixtures/turn-request.ts';

const region = 'eu-central-1';
const dms = mockClient(DatabaseMigrationServiceClient);
const api = mockClient(RedshiftDataClient);

const verify = (overrides: Partial<typeof verifyRequest> = {}) =>
  verifyLoad(
    {
      dms: new DatabaseMigrationServiceClient({ region }),
      api: new RedshiftDataClient({ region }),
      clock: createJumpingClock(LOADED_AT),
      random: () => 0,
      remainingMs: () => 300_000,
    },
    { ...verifyRequest, ...overrides },
  );
const table = (TableName: string, FullLoadRows: number, TableState = 'Table completed') => ({
  SchemaName: 'shop',
  TableName,
  FullLoadRows,
  TableState,
  FullLoadEndTime: new Date(Date.parse(LOADED_AT) + 60_000),
});

/** DMS leaves settings out where it is asked to. */
function taskHas(settings: unknown): void {
  const text = typeof settings === 'string' ? settings : JSON.stringify(settings);
  dms.on(DescribeReplicationTasksCommand).callsFake(async ({ WithoutSettings }) => ({
    ReplicationTasks: [{ ...finishedTask, ...(WithoutSettings ? {} : { ReplicationTaskSettings: text }) }],
  }));
}
const mode = (TargetTablePrepMode: unknown) => ({ FullLoadSettings: { TargetTablePrepMode } });
const staged = (orders: number, items: number) =>
  api.on(GetStatementResultCommand).resolves({
    Records: [
      [{ stringValue: 'mart.orders_stg' }, { longValue: orders }],
      [{ stringValue: 'mart.items_stg' }, { longValue: items }],
    ],
  });
const countFails = (text: string) =>
  api.on(DescribeStatementCommand).resolves({ Status: 'FAILED', Error: text });

describe('what verifyLoad says of a task’s settings', () => {
  beforeEach(() => {
    dms.reset();
    api.reset();
    taskHas(mode('TRUNCATE_BEFORE_LOAD'));
    dms
      .on(DescribeTableStatisticsCommand)
      .resolves({ TableStatistics: [table('orders', 3), table('items', 9)] });
    api.on(ExecuteStatementCommand).resolves({ Id: 'counting' });
    api.on(DescribeStatementCommand).resolves({ Status: 'FINISHED' });
    staged(3, 9);
  });

  it.each([
    [
      'DROP_AND_CREATE',
      'permission is denied',
      () => countFails('ERROR: permission denied for relation orders_stg'),
    ],
    [
      'DROP_AND_CREATE',
      'a table is missing',
      () => countFails('ERROR: relation "mart.orders_stg" does not exist'),
    ],
    ['DO_NOTHING', 'more rows are staged than were loaded', () => staged(6, 18)],
    [
      'DROP_AND_CREATE',
      'DMS could not drop a table',
      () =>
        dms
          .on(DescribeTableStatisticsCommand)
          .resolves({ TableStatistics: [table('orders', 0, 'Table error')] }),
    ],
  ])('names the mode %s, and how to change it, when %s', async (name, _, happens) => {
    taskHas(mode(name));
    happens();

    await expect(verify()).rejects.toMatchObject({
      name: 'LoadIncomplete',
      message: expect.stringMatching(
        new RegExp(`TargetTablePrepMode ${name} of arn.*modify-replication-task.*TRUNCATE_BEFORE_LOAD`),
      ),
    });
  });

  it.each(['DROP_AND_CREATE', 'DO_NOTHING'])(
    'only warns of the mode %s when the load can be used',
    async (name) => {
      taskHas(mode(name));

      await expect(verify()).resolves.toMatchObject({
        warnings: [expect.stringContaining(`TargetTablePrepMode ${name}`)],
      });
    },
  );

  it('refuses appended rows that nothing can be compared with', async () => {
    taskHas(mode('DO_NOTHING'));
    const stagedTables = verifyRequest.stagedTables.map((each) => ({ ...each, source: null }));

    await expect(verify({ stagedTables })).rejects.toMatchObject({
      name: 'LoadIncomplete',
      message: expect.stringMatching(/mart\.orders_stg: may hold rows of several loads.*DO_NOTHING/),
    });
  });

  it('warns of policies that leave out rows', async () => {
    taskHas({
      ErrorBehavior: {
        DataErrorPolicy: 'LOG_ERROR',
        DataTruncationErrorPolicy: 'IGNORE_RECORD',
        DataErrorEscalationPolicy: 'SUSPEND_TABLE',
        TableErrorPolicy: 'SUSPEND_TABLE',
      },
    });

    await expect(verify()).resolves.toMatchObject({
      warnings: [
        expect.stringMatching(
          /^DataErrorPolicy LOG_ERROR and DataTruncationErrorPolicy IGNORE_RECORD of arn/,
        ),
      ],
    });
  });

  it.each([
    undefined,
    '',
    '{',
    'null',
    '[]',
    '{"FullLoadSettings":null}',
    '{"FullLoadSettings":{"TargetTablePrepMode":7}}',
  ])('claims nothing where the settings are %j', async (settings) => {
    dms
      .on(DescribeReplicationTasksCommand)
      .resolves({ ReplicationTasks: [{ ...finishedTask, ReplicationTaskSettings: settings }] });

    await expect(verify()).resolves.toMatchObject({ warnings: [] });
    countFails('ERROR: permission denied for relation orders_stg');
    await expect(verify()).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.not.stringContaining('TargetTablePrepMode'),
    });
  });

  it.each([
    [
      'ERROR: permission denied for relation orders_stg',
      'The database user runtime may not read mart.orders_stg',
    ],
    ['ERROR: permission denied for table orders_stg', 'R__user_grants.sql'],
    ['ERROR: permission denied for schema mart', 'may not read mart.orders_stg, mart.items_stg'],
    ['ERROR: schema "mart" does not exist', 'The staged table or schema mart does not exist'],
    [
      'ERROR: relation "elt.fence_x" does not exist',
      'npm run migrate -- --stage STAGE makes what the orchestrator keeps',
    ],
  ])('says of a count that fails what to do: %s', async (error, words) => {
    countFails(error);

    await expect(verify()).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.stringContaining(words),
    });
  });

  it.each([
    ['AccessDeniedException', 'InvalidConfig', 'DMS refuses to say which settings'],
    ['ThrottlingException', 'ServiceUnavailable', 'DMS did not say which settings'],
  ])('tells a refusal of DMS from what passes: %s', async (name, thrown, words) => {
    const refusal = Object.assign(new Error('no'), { name });
    dms.on(DescribeReplicationTasksCommand).callsFake(async ({ WithoutSettings }) => {
      if (!WithoutSettings) throw refusal;
      return { ReplicationTasks: [finishedTask] };
    });

    await expect(verify()).rejects.toMatchObject({ name: thrown, message: expect.stringContaining(words) });
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
        message: expect.stringContaining('loads no table shop.items'),
      });
    });
  });
});
