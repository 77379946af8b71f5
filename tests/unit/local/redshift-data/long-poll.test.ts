import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createLocalDataApi, DEV, until } from '../../../fixtures/local-data-api.ts';

describe('WaitTimeSeconds', () => {
  it('is answered when the statement ends', async () => {
    const { call, submit, warehouse, clock } = createLocalDataApi();
    const Id = await submit('hold');
    await until(() => warehouse.held === 1);

    const description = call('DescribeStatement', { Id, WaitTimeSeconds: 30 });
    await until(() => clock.sleepers === 2);
    warehouse.release();

    expect(await description).toMatchObject({ Status: 'FINISHED' });
    await until(() => clock.sleepers === 0);
  });

  it('is answered with the status of the moment when the time is up', async () => {
    const { call, submit, warehouse, clock } = createLocalDataApi();
    const Id = await submit('hold');
    await until(() => warehouse.held === 1);

    const description = call('DescribeStatement', { Id, WaitTimeSeconds: 5 });
    clock.advance(5000);

    expect(await description).toMatchObject({ Status: 'STARTED', Duration: -1 });
  });

  it('is answered when the client goes away, and lets the next one wait', async () => {
    const { call, submit, warehouse, clock } = createLocalDataApi();
    const Id = await submit('hold');
    await until(() => warehouse.held === 1);
    const client = new AbortController();

    const description = call('DescribeStatement', { Id, WaitTimeSeconds: 30 }, client.signal);
    client.abort();

    expect(await description).toMatchObject({ Status: 'STARTED' });
    const next = call('DescribeStatement', { Id, WaitTimeSeconds: 1 });
    clock.advance(1000);
    await expect(next).resolves.toMatchObject({ Status: 'STARTED' });
  });

  it('does not wait for a client that is gone already, nor for a statement that has ended', async () => {
    const { call, submit, ended, clock } = createLocalDataApi();
    const Id = await submit('select 1');
    await ended(Id);

    await call('DescribeStatement', { Id, WaitTimeSeconds: 30 });
    await call('DescribeStatement', { Id: await submit('hold'), WaitTimeSeconds: 30 }, AbortSignal.abort());

    expect(clock.sleepers).toBeLessThanOrEqual(1);
  });

  it('is refused while another request waits for the statement', async () => {
    const { call, submit, warehouse, clock } = createLocalDataApi();
    const Id = await submit('hold');
    await until(() => warehouse.held === 1);
    const first = call('DescribeStatement', { Id, WaitTimeSeconds: 30 });

    const refusal = { name: 'ActiveWaitingRequestsExceededException', status: 400 };
    await expect(call('DescribeStatement', { Id, WaitTimeSeconds: 1 })).rejects.toMatchObject(refusal);
    await expect(call('GetStatementResult', { Id, WaitTimeSeconds: 1 })).rejects.toMatchObject(refusal);
    await expect(call('DescribeStatement', { Id })).resolves.toMatchObject({ Status: 'STARTED' });
    clock.advance(30_000);
    await first;
  });

  it('makes ExecuteStatement answer with the end', async () => {
    const { call } = createLocalDataApi();

    const answer = await call('ExecuteStatement', { ...DEV, Sql: 'select 1', WaitTimeSeconds: 10 });

    expect(answer).toMatchObject({ Status: 'FINISHED', HasResultSet: true, RedshiftPid: 1 });
  });

  it('makes BatchExecuteStatement answer when all of it has ended', async () => {
    const { call } = createLocalDataApi();

    const answer = await call('BatchExecuteStatement', {
      ...DEV,
      Sqls: ['select 1', 'fail x'],
      WaitTimeSeconds: 10,
    });

    expect(answer).toMatchObject({ Status: 'FAILED' });
  });

  it('of a repeated ExecuteStatement is not refused, but answered at once', async () => {
    const { call, warehouse, clock } = createLocalDataApi();
    const request = { ...DEV, Sql: 'hold', ClientToken: 'a', WaitTimeSeconds: 30 };
    const first = call('ExecuteStatement', request);
    await until(() => warehouse.held === 1);

    await expect(call('ExecuteStatement', request)).resolves.toMatchObject({ Status: 'STARTED' });
    clock.advance(30_000);
    await first;
  });

  it('of GetStatementResult ends with ResourceNotFoundException when the time is up', async () => {
    const { call, submit, warehouse, clock } = createLocalDataApi();
    const Id = await submit('hold');
    await until(() => warehouse.held === 1);

    const result = call('GetStatementResult', { Id, WaitTimeSeconds: 5 });
    await nextTurn();
    clock.advance(5000);

    await expect(result).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
