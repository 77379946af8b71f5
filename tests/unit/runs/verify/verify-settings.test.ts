import {
  DescribeReplicationTasksCommand,
  DescribeTableStatisticsCommand,
} from '@aws-sdk/client-database-migration-service';
import {
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
} from '@aws-sdk/client-redshift-data';
import { beforeEach, describe, expect, it } from 'vitest';
import { finishedTask, verifyRequest } from '../../../fixtures/turn-request.ts';
import { api, dms, reset, staged, table, verify } from './verify-world.ts';

/** DMS leaves settings out where it is asked to. */
function taskHas(settings: unknown): void {
  const text = typeof settings === 'string' ? settings : JSON.stringify(settings);
  dms.on(DescribeReplicationTasksCommand).callsFake(async ({ WithoutSettings }) => ({
    ReplicationTasks: [{ ...finishedTask, ...(WithoutSettings ? {} : { ReplicationTaskSettings: text }) }],
  }));
}
const mode = (TargetTablePrepMode: unknown) => ({ FullLoadSettings: { TargetTablePrepMode } });
const countFails = (text: string) =>
  api.on(DescribeStatementCommand).resolves({ Status: 'FAILED', Error: text });

describe('what verifyLoad says of a task’s settings', () => {
  beforeEach(() => {
    reset();
    taskHas(mode('TRUNCATE_BEFORE_LOAD'));
  });

  it('names the mode DROP_AND_CREATE when the columns of a staged table have changed', async () => {
    taskHas(mode('DROP_AND_CREATE'));
    const columns = (type: string) => ({
      Records: [
        [{ stringValue: 'mart.orders_stg' }, { stringValue: 'id' }, { stringValue: type }, { isNull: true }],
      ],
    });
    api.on(ExecuteStatementCommand).callsFake(({ StatementName }) => ({ Id: StatementName.split('/')[1] }));
    api.on(GetStatementResultCommand, { Id: 'Verify_Full_Load_columns' }).resolves(columns('bigint'));
    api.on(GetStatementResultCommand, { Id: 'Verify_Full_Load_recorded_columns' }).resolves(columns('date'));

    await expect(verify()).rejects.toMatchObject({
      name: 'SchemaChanged',
      message: expect.stringMatching(
        /mart\.orders_stg: id has another type, .*TargetTablePrepMode DROP_AND_CREATE/,
      ),
    });
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
});
