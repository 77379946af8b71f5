import { describe, expect, it } from 'vitest';
import { createLocalDataApi, until } from '../../../fixtures/local-data-api.ts';

describe('CancelStatement', () => {
  it('ends a running statement, and does not use its session again', async () => {
    const { call, submit, ended, warehouse } = createLocalDataApi();
    const Id = await submit('hold');
    await until(() => warehouse.held === 1);

    const answer = await call('CancelStatement', { Id });

    expect(answer).toEqual({ Status: true });
    expect(await ended(Id)).toMatchObject({ Status: 'ABORTED', Error: expect.stringContaining('cancelled') });
    await until(() => warehouse.log.includes('1 close'));
  });

  it('leaves a statement that has not started alone', async () => {
    const { call, submit, ended, warehouse } = createLocalDataApi({ sessions: 1 });
    await submit('hold');
    const Id = await submit('select 1');
    await until(() => warehouse.held === 1);

    const answer = await call('CancelStatement', { Id });
    warehouse.release();

    expect(answer).toEqual({ Status: false });
    expect(await ended(Id)).toMatchObject({ Status: 'FINISHED' });
  });

  it.each([
    ['select 1', 'FINISHED'],
    ['fail x', 'FAILED'],
  ])('is refused after %s is %s', async (sql, status) => {
    const { call, submit, ended } = createLocalDataApi();
    const Id = await submit(sql);
    await ended(Id);

    await expect(call('CancelStatement', { Id })).rejects.toMatchObject({
      name: 'ValidationException',
      message: `Could not cancel a query that is already in ${status} state with ID: ${Id}`,
    });
  });

  it('takes a batch only as a whole', async () => {
    const { call, submitBatch } = createLocalDataApi();
    const id = await submitBatch(['select 1', 'select 2']);

    await expect(call('CancelStatement', { Id: `${id}:1` })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('happens by itself after 24 hours', async () => {
    const { submit, call, warehouse, clock } = createLocalDataApi();
    const Id = await submit('hold');
    await until(() => warehouse.held === 1);

    clock.advance(24 * 3_600_000);

    await until(async () => (await call('DescribeStatement', { Id })).Status === 'ABORTED');
  });
});

it('closing the service ends what runs and what waits', async () => {
  const { submit, call, close, warehouse } = createLocalDataApi({ sessions: 1 });
  const ids = [await submit('hold'), await submit('select 1')];
  await until(() => warehouse.held === 1);

  await close();

  for (const Id of ids)
    await until(async () => (await call('DescribeStatement', { Id })).Status === 'FAILED');
});
