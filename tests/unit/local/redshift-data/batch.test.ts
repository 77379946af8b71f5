import { describe, expect, it } from 'vitest';
import { WarehouseError } from '../../../../src/local/warehouse/warehouse-error.ts';
import { createFakeWarehouse, type FakeCall, selectResult } from '../../../fixtures/fake-warehouse.ts';
import { createLocalDataApi, until } from '../../../fixtures/local-data-api.ts';

describe('a batch in TRANSACTION mode', () => {
  it('runs its SQL on one session, between begin and commit', async () => {
    const { submitBatch, ended, warehouse } = createLocalDataApi();

    const description = await ended(await submitBatch(['select 1', 'select 2']));

    expect(warehouse.log.slice(0, 5)).toEqual([
      'open dev/owner',
      '1 begin',
      '1 select 1',
      '1 select 2',
      '1 commit',
    ]);
    expect(description).toMatchObject({
      Status: 'FINISHED',
      ExecutionMode: 'TRANSACTION',
      HasResultSet: true,
      ResultRows: -1,
      ResultSize: -1,
      RedshiftQueryId: 0,
      SubStatements: [
        {
          Id: `${description.Id}:1`,
          Status: 'FINISHED',
          QueryString: 'select 1',
          ResultRows: 1,
          HasResultSet: true,
        },
        { Id: `${description.Id}:2`, Status: 'FINISHED', QueryString: 'select 2' },
      ],
    });
    expect(description).not.toHaveProperty('QueryString');
  });

  it('rolls back at the first failure and aborts what comes after it', async () => {
    const { submitBatch, ended, warehouse } = createLocalDataApi();

    const description = await ended(await submitBatch(['select 1', 'fail boom', 'select 3']));

    expect(warehouse.log.slice(1, 5)).toEqual(['1 begin', '1 select 1', '1 fail boom', '1 rollback']);
    expect(description).toMatchObject({
      Status: 'FAILED',
      Error: 'Query #2 failed with ERROR: boom',
      SubStatements: [
        { Status: 'FINISHED' },
        { Status: 'FAILED', Error: 'ERROR: boom' },
        { Status: 'ABORTED', Duration: -1 },
      ],
    });
  });

  it('fails when its commit does', async () => {
    const warehouse = createFakeWarehouse();
    const failing = {
      ...warehouse,
      open: async () => ({
        ...(await warehouse.open('dev', 'owner')),
        commit: () => Promise.reject(new WarehouseError('ERROR: 1023')),
      }),
    };
    const { submitBatch, ended } = createLocalDataApi({ warehouse: failing });

    const description = await ended(await submitBatch(['select 1']));

    expect(description).toMatchObject({ Status: 'FAILED', Error: 'ERROR: 1023' });
    expect(warehouse.log).toContain('1 rollback');
  });

  it('shows parent and one SQL under the id of that SQL', async () => {
    const { submitBatch, ended, call } = createLocalDataApi();
    const id = await submitBatch(['select 1', 'select 2', 'select 3']);
    await ended(id);

    const description = await call('DescribeStatement', { Id: `${id}:2` });

    expect(description).toMatchObject({ Id: id, Status: 'FINISHED', SubStatements: [{ Id: `${id}:2` }] });
    expect(description.SubStatements).toHaveLength(1);
  });

  it.each([':0', ':4', ':'])('has no SQL with the suffix %s', async (suffix) => {
    const { submitBatch, call } = createLocalDataApi();
    const id = await submitBatch(['select 1', 'select 2', 'select 3']);

    await expect(call('DescribeStatement', { Id: `${id}${suffix}` })).rejects.toThrow(
      'Query does not exist.',
    );
  });

  it('shares its parameters, and gives each SQL those that it uses', async () => {
    const calls: FakeCall[] = [];
    const warehouse = createFakeWarehouse((seen) => {
      calls.push(seen);
      return selectResult([]);
    });
    const { submitBatch, ended } = createLocalDataApi({ warehouse });

    const Parameters = [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ];
    await ended(await submitBatch(['select :a', 'select :a, :b', 'select 3'], { Parameters }));

    expect(calls.map(({ parameters }) => parameters.map(({ name }) => name))).toEqual([
      ['a'],
      ['a', 'b'],
      [],
    ]);
  });

  it('lets one wait for a single SQL of it', async () => {
    const { submitBatch, ended, warehouse } = createLocalDataApi();
    const id = await submitBatch(['hold 1', 'hold 2']);
    await until(() => warehouse.held === 1);

    const first = ended(`${id}:1`);
    warehouse.release();

    expect(await first).toMatchObject({ Status: 'STARTED', SubStatements: [{ Status: 'FINISHED' }] });
  });

  it('is rolled back and aborted when it is cancelled', async () => {
    const { submitBatch, ended, call, warehouse } = createLocalDataApi();
    const id = await submitBatch(['select 1', 'hold', 'select 3']);
    await until(() => warehouse.held === 1);

    const answer = await call('CancelStatement', { Id: id });

    expect(answer).toEqual({ Status: true });
    expect(await ended(id)).toMatchObject({
      Status: 'ABORTED',
      SubStatements: [{ Status: 'FINISHED' }, { Status: 'ABORTED' }, { Status: 'ABORTED' }],
    });
    expect(warehouse.log).toContain('1 rollback');
    expect(warehouse.log).not.toContain('1 commit');
  });
});

describe('a batch in AUTO_COMMIT mode', () => {
  it('runs what comes after a failure, and fails as a whole', async () => {
    const { submitBatch, ended, warehouse } = createLocalDataApi();

    const id = await submitBatch(['select 1', 'fail boom', 'select 3', 'fail bang'], {
      ExecutionMode: 'AUTO_COMMIT',
    });

    expect(await ended(id)).toMatchObject({
      Status: 'FAILED',
      Error: 'Query #2 failed with ERROR: boom',
      ExecutionMode: 'AUTO_COMMIT',
      SubStatements: [
        { Status: 'FINISHED' },
        { Status: 'FAILED' },
        { Status: 'FINISHED' },
        { Status: 'FAILED' },
      ],
    });
    expect(warehouse.log).not.toContain('1 begin');
  });

  it('ends at the SQL during which it is cancelled', async () => {
    const { submitBatch, ended, call, warehouse } = createLocalDataApi();
    const id = await submitBatch(['select 1', 'hold', 'select 3'], { ExecutionMode: 'AUTO_COMMIT' });
    await until(() => warehouse.held === 1);

    await call('CancelStatement', { Id: id });

    expect(await ended(id)).toMatchObject({
      Status: 'ABORTED',
      SubStatements: [{ Status: 'FINISHED' }, { Status: 'ABORTED' }, { Status: 'ABORTED' }],
    });
  });
});
