import { describe, expect, it } from 'vitest';
import type { SqlResult } from '../../../../src/local/contracts.ts';
import { keepResult } from '../../../../src/local/services/redshift-data/result/result-set.ts';
import { createFakeWarehouse, selectResult } from '../../../fixtures/fake-warehouse.ts';
import { type Answer, createLocalDataApi, until } from '../../../fixtures/local-data-api.ts';

const noResult = {
  name: 'ResourceNotFoundException',
  status: 400,
  message: 'Query does not have result. Please check query status with DescribeStatement.',
};

const answering = (result: SqlResult, limits = {}) =>
  createLocalDataApi({ warehouse: createFakeWarehouse(() => result), limits });

describe('GetStatementResult', () => {
  it('types values by their column', async () => {
    const types = [
      'int2',
      'int4',
      'int8',
      'float8',
      'bool',
      'numeric',
      'date',
      'timestamp',
      'varchar',
      'varchar',
    ];
    const row = ['1', '-2', '3', '1.5', 't', '12.30', '2022-02-22', '2022-02-22 00:00:00', 'x', null];
    const { submit, call } = answering(selectResult([row], types));

    const { Records, TotalNumRows } = await call('GetStatementResult', {
      Id: await submit('select'),
      WaitTimeSeconds: 1,
    });

    expect(TotalNumRows).toBe(1);
    expect(Records).toEqual([
      [
        { longValue: 1 },
        { longValue: -2 },
        { longValue: 3 },
        { doubleValue: 1.5 },
        { booleanValue: true },
        { stringValue: '12.30' },
        { stringValue: '2022-02-22' },
        { stringValue: '2022-02-22 00:00:00.0' },
        { stringValue: 'x' },
        { isNull: true },
      ],
    ]);
  });

  it('keeps fractions of seconds, false, infinity, and every digit of a long', async () => {
    const types = ['timestamp', 'bool', 'float8', 'int8'];
    const row = ['2022-02-22 00:00:00.123', 'f', 'Infinity', '9007199254740993'];
    const { submit, call } = answering(selectResult([row], types));

    const { Records } = await call('GetStatementResult', { Id: await submit('select'), WaitTimeSeconds: 1 });

    expect(JSON.stringify(Records)).toBe(
      '[[{"stringValue":"2022-02-22 00:00:00.123"},{"booleanValue":false},{"doubleValue":"Infinity"},{"longValue":9007199254740993}]]',
    );
  });

  it('describes the columns', async () => {
    const { submit, call } = answering(selectResult([['1', 'a']], ['int4', 'varchar']));

    const { ColumnMetadata } = await call('GetStatementResult', {
      Id: await submit('select'),
      WaitTimeSeconds: 1,
    });

    expect(ColumnMetadata).toEqual([
      expect.objectContaining({
        name: 'c1',
        label: 'c1',
        typeName: 'int4',
        isSigned: true,
        isCaseSensitive: false,
        nullable: 1,
      }),
      expect.objectContaining({ name: 'c2', typeName: 'varchar', isSigned: false, isCaseSensitive: true }),
    ]);
  });

  it('has an empty page for a query without rows', async () => {
    const { submit, call } = answering(selectResult([], ['int4']));

    const answer = await call('GetStatementResult', { Id: await submit('select'), WaitTimeSeconds: 1 });

    expect(answer).toMatchObject({ Records: [], TotalNumRows: 0 });
    expect(answer).not.toHaveProperty('NextToken');
  });

  it('returns page after page, each row once', async () => {
    const rows = Array.from({ length: 1201 }, (_, index) => [String(index)]);
    const { submit, call } = answering(selectResult(rows, ['int4']));
    const Id = await submit('select');
    const pages: Answer[] = [await call('GetStatementResult', { Id, WaitTimeSeconds: 1 })];

    for (let token = pages[0]?.NextToken; token; token = pages.at(-1)?.NextToken) {
      pages.push(await call('GetStatementResult', { Id, NextToken: token }));
    }

    const values = pages.flatMap(({ Records }) =>
      (Records as { longValue: number }[][]).map((row) => row[0]?.longValue),
    );
    expect(values).toEqual(rows.map((_, index) => index));
    expect(pages.length).toBe(3);
    expect(pages.every(({ TotalNumRows }) => TotalNumRows === 1201)).toBe(true);
  });

  it('refuses a token that it did not make for this statement', async () => {
    const rows = Array.from({ length: 600 }, () => ['1']);
    const { submit, call } = answering(selectResult(rows));
    const first = await submit('select 1');
    const second = await submit('select 2');
    const { NextToken } = await call('GetStatementResult', { Id: first, WaitTimeSeconds: 1 });
    await call('GetStatementResult', { Id: second, WaitTimeSeconds: 1 });

    for (const token of ['x', NextToken, '1', 'W10']) {
      await expect(call('GetStatementResult', { Id: second, NextToken: token })).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'Invalid NextToken.',
      });
    }
  });

  it('has no result before the end, after a failure, for a call, for a batch as a whole', async () => {
    const { submit, submitBatch, ended, call, warehouse } = createLocalDataApi({
      warehouse: createFakeWarehouse(() => ({ command: 'CALL', rowCount: -1 })),
    });
    const running = await submit('hold');
    const failed = await submit('fail x');
    const called = await submit('call p()');
    const batch = await submitBatch(['call p()']);
    await Promise.all([failed, called, batch].map(ended));
    await until(() => warehouse.held === 1);

    for (const Id of [running, failed, called, batch, `${batch}:1`]) {
      await expect(call('GetStatementResult', { Id })).rejects.toMatchObject({
        ...noResult,
        fields: { ResourceId: Id },
      });
    }
  });

  it('has results for each SQL of a batch', async () => {
    const { submitBatch, ended, call } = createLocalDataApi();
    const id = await submitBatch(['select 1', 'select 2']);
    await ended(id);

    await expect(call('GetStatementResult', { Id: `${id}:2` })).resolves.toMatchObject({ TotalNumRows: 1 });
  });

  it('fails a statement whose row has more than 64 KB', async () => {
    const { submit, ended } = answering(selectResult([['x'.repeat(65_537)]]));

    expect(await ended(await submit('select'))).toMatchObject({
      Status: 'FAILED',
      Error: expect.stringContaining('Packet for query is too large'),
    });
  });

  it('fails a statement whose result is too large as a whole', async () => {
    const { submit, ended } = answering(selectResult([['xx'], ['yy']]), { resultBytes: 3 });

    expect(await ended(await submit('select'))).toMatchObject({
      Status: 'FAILED',
      Error: 'Database response exceeded size limit.',
    });
  });

  it('fills pages up to their size', async () => {
    const { submit, call } = answering(selectResult([['aa'], ['bb'], ['cc']]), { pageBytes: 4 });

    const answer = await call('GetStatementResult', { Id: await submit('select'), WaitTimeSeconds: 1 });

    expect(answer.Records).toHaveLength(2);
    expect(answer.NextToken).toBeDefined();
  });

  it('keeps a small result in no more memory than it has bytes', () => {
    const { pages } = keepResult([], [['1', 'é']]);

    expect(pages.map(({ byteLength, buffer }) => buffer.byteLength - byteLength)).toEqual([0]);
    expect(pages.map(String)).toEqual(['[["1","é"]]']);
  });
});
