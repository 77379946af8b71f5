import { describe, expect, it } from 'vitest';
import { createLocalDataApi, until } from '../../../fixtures/local-data-api.ts';

const setUp = async () => {
  const api = createLocalDataApi();
  const submitAndEnd = async (sql: string, fields: object = {}) => {
    const id = await api.submit(sql, fields);
    await api.ended(id);
    return id;
  };
  const list = async (request: object = {}) =>
    (await api.call('ListStatements', request)).Statements.map(({ Id }) => Id);
  return { ...api, submitAndEnd, list };
};

describe('ListStatements', () => {
  it('shows finished statements unless a status is named', async () => {
    const { submit, submitAndEnd, list, warehouse } = await setUp();
    const finished = await submitAndEnd('select 1');
    const failed = await submitAndEnd('fail x');
    const running = await submit('hold');
    await until(() => warehouse.held === 1);

    expect(await list()).toEqual([finished]);
    expect(await list({ Status: 'FAILED' })).toEqual([failed]);
    expect(await list({ Status: 'STARTED' })).toEqual([running]);
    expect(await list({ Status: 'ALL' })).toEqual([running, failed, finished]);
  });

  it('filters by case-sensitive prefix of the name, database and target', async () => {
    const { submitAndEnd, list } = await setUp();
    const one = await submitAndEnd('select 1', { StatementName: 'run-1/a' });
    const ten = await submitAndEnd('select 1', { StatementName: 'run-10/a' });
    await submitAndEnd('select 1', { StatementName: 'Run-1' });
    const source = await submitAndEnd('select 1', { Database: 'source' });
    const serverless = await submitAndEnd('select 1', {
      ClusterIdentifier: undefined,
      WorkgroupName: 'elt-local',
    });

    expect(await list({ StatementName: 'run-1' })).toEqual([ten, one]);
    expect(await list({ StatementName: 'run-1/' })).toEqual([one]);
    expect(await list({ ClusterIdentifier: 'redshiftcluster-abcd', Database: 'source' })).toEqual([source]);
    expect(await list({ WorkgroupName: 'elt-local' })).toEqual([serverless]);
  });

  it('shows what was submitted', async () => {
    const { submitBatch, ended, submitAndEnd, call } = await setUp();
    const Parameters = [{ name: 'a', value: '1' }];
    await submitAndEnd('select :a', { StatementName: 'n', Parameters, SecretArn: 'arn:x' });
    await ended(await submitBatch(['select 1', 'select 2']));

    const { Statements } = await call('ListStatements', {});

    expect(Statements).toMatchObject([
      { QueryStrings: ['select 1', 'select 2'], IsBatchStatement: true },
      {
        QueryString: 'select :a',
        QueryParameters: Parameters,
        SecretArn: 'arn:x',
        StatementName: 'n',
        Status: 'FINISHED',
        IsBatchStatement: false,
        CreatedAt: Date.UTC(2026, 0, 1) / 1000,
      },
    ]);
  });

  it('pages from new to old, undisturbed by new statements', async () => {
    const { submitAndEnd, call } = await setUp();
    const ids: unknown[] = [];
    for (let index = 0; index < 5; index += 1) ids.unshift(await submitAndEnd('select 1'));

    const first = await call('ListStatements', { MaxResults: 2 });
    await submitAndEnd('select 1');
    const second = await call('ListStatements', { MaxResults: 2, NextToken: first.NextToken });
    const third = await call('ListStatements', { MaxResults: 2, NextToken: second.NextToken });

    expect([first, second, third].flatMap(({ Statements }) => Statements.map(({ Id }) => Id))).toEqual(ids);
    expect(third).not.toHaveProperty('NextToken');
  });

  it('refuses a token of another list, two targets, and an unknown status', async () => {
    const { submitAndEnd, call } = await setUp();
    for (let index = 0; index < 2; index += 1) await submitAndEnd('select 1');
    const { NextToken } = await call('ListStatements', { MaxResults: 1 });

    for (const request of [
      { NextToken: 'x' },
      { NextToken, Status: 'ALL' },
      { ClusterIdentifier: 'redshiftcluster-abcd', WorkgroupName: 'elt-local' },
      { Status: 'RUNNING' },
      { MaxResults: 101 },
    ]) {
      await expect(call('ListStatements', request)).rejects.toMatchObject({ name: 'ValidationException' });
    }
  });
});

describe('an ended statement', () => {
  it('is kept for 24 hours; then its id is known to have expired', async () => {
    const { submitAndEnd, list, call, clock } = await setUp();
    const Id = await submitAndEnd('select 1');

    clock.advance(24 * 3_600_000 - 1);
    expect(await list()).toEqual([Id]);
    clock.advance(1);

    expect(await list()).toEqual([]);
    await expect(call('GetStatementResult', { Id })).rejects.toMatchObject({
      name: 'ValidationException',
      message: `Could not retrieve the query result as it has expired after ${Date.UTC(2026, 0, 2) / 1000}.`,
    });
  });

  it('loses its result, and then is forgotten, when newer ones need the room', async () => {
    const { submit, ended, call } = createLocalDataApi({
      limits: { keptResultBytes: 10, keptTextLength: 18 },
    });
    const first = await submit('select 1');
    await ended(first);
    const second = await submit('select 2');
    await ended(second);

    await expect(call('DescribeStatement', { Id: first })).resolves.toMatchObject({ Status: 'FINISHED' });
    await expect(call('GetStatementResult', { Id: first })).rejects.toThrow(/has expired/);
    await expect(call('GetStatementResult', { Id: second })).resolves.toMatchObject({ TotalNumRows: 1 });
    await ended(await submit('select 3'));
    await expect(call('DescribeStatement', { Id: first })).rejects.toThrow(/has expired/);
  });
});
