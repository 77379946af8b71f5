import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
} from '@aws-sdk/client-redshift-data';
import { describe, expect, it } from 'vitest';
import { holdTransaction } from '../../../fixtures/held-transaction.ts';
import { DEV, useDataApi } from './real-data-api.ts';

const server = useDataApi();
const { records } = server;

const submit = async (sql: string, fields: object = {}) =>
  (await server.redshift.client.send(new ExecuteStatementCommand({ ...DEV, Sql: sql, ...fields })))
    .Id as string;

const describeEnd = (Id: string) =>
  server.redshift.client.send(new DescribeStatementCommand({ Id, WaitTimeSeconds: 30 }));

const batch = (sqls: string[], fields: object = {}) =>
  server.redshift.client.send(
    new BatchExecuteStatementCommand({ ...DEV, Sqls: sqls, WaitTimeSeconds: 30, ...fields }),
  );

describe('statements on a real server', () => {
  it('run side by side: eight wait for one lock', async () => {
    await server.redshift.run('create table data_api.locked (id int)');
    const holder = await holdTransaction(server.redshift.warehouse, 'LOCK data_api.locked');

    const ids = await Promise.all(
      Array.from({ length: 8 }, () => submit('select count(*) from data_api.locked')),
    );
    await holder.untilWaitedFor(8);
    await holder.commit();
    const ends = await Promise.all(ids.map(describeEnd));

    expect(ends.map(({ Status }) => Status)).toEqual(Array(8).fill('FINISHED'));
  });

  it('end when they are cancelled', async () => {
    const Id = await submit('select pg_sleep(30)');
    let status: string | undefined;
    while (status !== 'STARTED') {
      status = (await server.redshift.client.send(new DescribeStatementCommand({ Id }))).Status;
    }

    const { Status } = await server.redshift.client.send(new CancelStatementCommand({ Id }));

    expect(Status).toBe(true);
    expect(await describeEnd(Id)).toMatchObject({ Status: 'ABORTED' });
  });

  it('leave no settings and temporary tables to the next', async () => {
    await server.redshift.run('create temp table leaked (id integer)');
    await server.redshift.run("set search_path to 'data_api'");

    const table = await server.redshift.run('select * from leaked');
    const path = await server.redshift.run('show search_path');

    expect(table.Status).toBe('FAILED');
    expect(JSON.stringify(await records(path.Id))).not.toContain('data_api');
  });

  it('leave no open transaction to the next', async () => {
    await server.redshift.run('create table data_api.open_transaction (id integer)');
    await server.redshift.run('begin');
    await server.redshift.run('insert into data_api.open_transaction values (1)');
    await server.redshift.run('rollback');

    const { Id } = await server.redshift.run('select count(*)::int from data_api.open_transaction');

    expect(await records(Id)).toEqual([[{ longValue: 1 }]]);
  });

  it('of a batch are one transaction', async () => {
    await server.redshift.run('create table data_api.atomic (id integer)');

    const failed = await batch([
      'insert into data_api.atomic values (1)',
      'insert into data_api.nowhere values (1)',
    ]);
    const { Id } = await server.redshift.run('select count(*)::int from data_api.atomic');

    expect(failed.Status).toBe('FAILED');
    expect(await records(Id)).toEqual([[{ longValue: 0 }]]);
  });

  it('of an AUTO_COMMIT batch stay, each', async () => {
    await server.redshift.run('create table data_api.each (id integer)');

    const failed = await batch(
      [
        'insert into data_api.each values (1)',
        'insert into data_api.nowhere values (1)',
        'insert into data_api.each values (2)',
      ],
      { ExecutionMode: 'AUTO_COMMIT' },
    );
    const { Id } = await server.redshift.run('select count(*)::int from data_api.each');

    expect(failed.Status).toBe('FAILED');
    expect(await records(Id)).toEqual([[{ longValue: 2 }]]);
  });

  it('run as the user that the request names', async () => {
    const { Id } = await server.redshift.run('select current_user::varchar', { DbUser: 'runtime' });

    expect(await records(Id)).toEqual([[{ stringValue: 'runtime' }]]);
  });

  it('reach the source database', async () => {
    const { Id } = await server.redshift.run('select current_database()::varchar', { Database: 'source' });

    expect(await records(Id)).toEqual([[{ stringValue: 'source' }]]);
  });
});
