import { describe, expect, it } from 'vitest';
import { createFakeWarehouse, selectResult } from '../../../fixtures/fake-warehouse.ts';
import { createLocalDataApi, DEV, until } from '../../../fixtures/local-data-api.ts';

/** A clock that reads these values one after the other, and then stays. */
function steps(...values: number[]): () => number {
  let last = 0;
  return () => {
    last = values.shift() ?? last;
    return last;
  };
}

describe('ExecuteStatement', () => {
  it('answers before the statement runs, with the target as the request named it', async () => {
    const { call, warehouse } = createLocalDataApi();

    const answer = await call('ExecuteStatement', { ...DEV, DbUser: 'runtime', Sql: 'select 1' });

    expect(answer).toEqual({
      Id: expect.stringMatching(/^[a-f0-9-]{36}$/),
      CreatedAt: Date.UTC(2026, 0, 1) / 1000,
      ClusterIdentifier: 'redshiftcluster-abcd',
      Database: 'dev',
      DbUser: 'runtime',
    });
    expect(warehouse.log).toEqual([]);
  });

  it('passes through SUBMITTED, PICKED and STARTED to FINISHED', async () => {
    const { call, submit, warehouse } = createLocalDataApi();
    const seen: unknown[] = [];

    const id = await submit('hold');
    await until(async () => {
      const { Status } = await call('DescribeStatement', { Id: id });
      if (seen.at(-1) !== Status) seen.push(Status);
      if (Status === 'STARTED' && warehouse.held > 0) warehouse.release();
      return Status === 'FINISHED';
    });

    expect(seen).toEqual(['SUBMITTED', 'PICKED', 'STARTED', 'FINISHED']);
  });

  it('describes a finished query', async () => {
    const warehouse = createFakeWarehouse(() => selectResult([['ab'], ['c']]));
    const { submit, ended } = createLocalDataApi({ warehouse, elapsed: steps(0, 1, 3, 4) });

    const id = await submit('select :x', { Parameters: [{ name: 'x', value: 'ab' }] });

    expect(await ended(id)).toMatchObject({
      Id: id,
      Status: 'FINISHED',
      QueryString: 'select :x',
      QueryParameters: [{ name: 'x', value: 'ab' }],
      HasResultSet: true,
      ResultRows: 2,
      ResultSize: 3,
      Duration: 2_000_000,
      RedshiftPid: 1,
      RedshiftQueryId: 7,
    });
  });

  it('has no rows, size or result set for a call', async () => {
    const warehouse = createFakeWarehouse(() => ({ command: 'CALL', rowCount: -1 }));
    const { submit, ended } = createLocalDataApi({ warehouse });

    const description = await ended(await submit('call p()'));

    expect(description).toMatchObject({ HasResultSet: false, ResultRows: -1, ResultSize: -1 });
  });

  it('shows the SQL error of a failed statement', async () => {
    const { submit, ended } = createLocalDataApi();

    const description = await ended(await submit('fail relation "x" does not exist'));

    expect(description).toMatchObject({
      Status: 'FAILED',
      Error: 'ERROR: relation "x" does not exist',
      ResultRows: -1,
    });
  });

  it('fails a statement for a database that does not exist when it connects', async () => {
    const { submit, ended } = createLocalDataApi();

    const description = await ended(await submit('select 1', { Database: 'nope' }));

    expect(description).toMatchObject({ Status: 'FAILED', Error: 'FATAL: database "nope" does not exist' });
  });

  it('runs statements side by side and keeps those without a session SUBMITTED', async () => {
    const { call, submit, warehouse } = createLocalDataApi({ sessions: 2 });

    const ids = [await submit('hold 1'), await submit('hold 2'), await submit('hold 3')];
    await until(() => warehouse.held === 2);
    const statuses = await Promise.all(
      ids.map(async (Id) => (await call('DescribeStatement', { Id })).Status),
    );
    warehouse.release();
    await until(async () => (await call('DescribeStatement', { Id: ids[2] })).Status === 'STARTED');

    expect(statuses).toEqual(['STARTED', 'STARTED', 'SUBMITTED']);
  });

  it('refuses the 501st active statement of a cluster', async () => {
    const { submit, warehouse, ended } = createLocalDataApi({ sessions: 1 });
    const ids = await Promise.all(Array.from({ length: 500 }, () => submit('hold')));
    await until(() => warehouse.held === 1);

    await expect(submit('select 1')).rejects.toMatchObject({
      name: 'ActiveStatementsExceededException',
      status: 400,
    });
    warehouse.release();
    await ended(ids[0] as string);
    await expect(submit('select 1')).resolves.toBeTypeOf('string');
  });
});
