import {
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  ListStatementsCommand,
} from '@aws-sdk/client-redshift-data';
import { describe, expect, it } from 'vitest';
import { DEV, useDataApi } from './real-data-api.ts';

const server = useDataApi();
const { records } = server;

describe('an SDK client', () => {
  it('gets dates, typed values and column metadata', async () => {
    const { Id, CreatedAt } = await server.redshift.client.send(
      new ExecuteStatementCommand({
        ...DEV,
        Sql: `select 7::int as i, 1.5::float8 as f, true as b, 12.30::numeric(18,2) as n,
          '2022-02-22'::timestamp as t, date '2022-02-22' as d, 'x'::varchar(10) as v, null::int as z`,
        WaitTimeSeconds: 10,
      }),
    );

    const { Records, ColumnMetadata, TotalNumRows } = await server.redshift.client.send(
      new GetStatementResultCommand({ Id }),
    );

    expect(CreatedAt).toBeInstanceOf(Date);
    expect(TotalNumRows).toBe(1);
    expect(Records).toEqual([
      [
        { longValue: 7 },
        { doubleValue: 1.5 },
        { booleanValue: true },
        { stringValue: '12.30' },
        { stringValue: '2022-02-22 00:00:00.0' },
        { stringValue: '2022-02-22' },
        { stringValue: 'x' },
        { isNull: true },
      ],
    ]);
    expect(ColumnMetadata?.map(({ name, typeName }) => [name, typeName])).toEqual([
      ['i', 'int4'],
      ['f', 'float8'],
      ['b', 'bool'],
      ['n', 'numeric'],
      ['t', 'timestamp'],
      ['d', 'date'],
      ['v', 'varchar'],
      ['z', 'int4'],
    ]);
  });

  it('binds parameters as values', async () => {
    const { Id } = await server.redshift.run('select :a::varchar || :b::varchar as v', {
      Parameters: [
        { name: 'a', value: "'; drop table x; --" },
        { name: 'b', value: '1' },
      ],
    });

    expect(await records(Id)).toEqual([[{ stringValue: "'; drop table x; --1" }]]);
  });

  it('counts rows of DML and none of DDL', async () => {
    const created = await server.redshift.run('create table data_api.counted (id integer)');
    const inserted = await server.redshift.run('insert into data_api.counted values (1), (2), (3)');

    expect(created).toMatchObject({ Status: 'FINISHED', HasResultSet: false, ResultRows: -1 });
    expect(inserted).toMatchObject({ Status: 'FINISHED', HasResultSet: false, ResultRows: 3, ResultSize: 0 });
  });

  it('sees the server’s error, and the refusal of two statements in one', async () => {
    expect(await server.redshift.run('select * from data_api.missing')).toMatchObject({
      Status: 'FAILED',
      Error: expect.stringContaining('relation "data_api.missing" does not exist'),
    });
    expect(await server.redshift.run('select 1; select 2')).toMatchObject({
      Status: 'FAILED',
      Error: expect.stringContaining('cannot insert multiple commands into a prepared statement'),
    });
  });

  it('gets modelled errors', async () => {
    const Id = 'd9b6c0c9-0747-4bf4-b142-e8883122f766';

    await expect(server.redshift.client.send(new DescribeStatementCommand({ Id }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      ResourceId: Id,
      $metadata: { httpStatusCode: 400, requestId: expect.any(String) },
    });
    await expect(
      server.redshift.client.send(new DescribeStatementCommand({ Id: 'a' })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('pages through a large result', async () => {
    const { Id, ResultRows } = await server.redshift.run('select n from generate_series(1, 1200) as n');
    const values: unknown[] = [];
    let NextToken: string | undefined;

    do {
      const page = await server.redshift.client.send(new GetStatementResultCommand({ Id, NextToken }));
      values.push(...(page.Records ?? []).map((row) => Number(row[0]?.longValue ?? row[0]?.stringValue)));
      NextToken = page.NextToken;
    } while (NextToken);

    expect(ResultRows).toBe(1200);
    expect(values).toEqual(Array.from({ length: 1200 }, (_, index) => index + 1));
  });

  it('finds its statements by the prefix of their name', async () => {
    await server.redshift.run('select 1', { StatementName: 'list/1' });
    await server.redshift.run('select 2', { StatementName: 'list/2' });
    await server.redshift.run('select x', { StatementName: 'list/3' });

    const { Statements } = await server.redshift.client.send(
      new ListStatementsCommand({ StatementName: 'list/' }),
    );

    expect(Statements?.map(({ StatementName }) => StatementName)).toEqual(['list/2', 'list/1']);
  });
});
