import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ChaosKind } from '../../../../src/local/chaos/kinds.ts';
import { createLocalDataApi, DEV, until } from '../../../fixtures/local-data-api.ts';
import { onlyKind } from './one-kind.ts';

/** A Data API under one kind of fault, asked by a person and by a function. */
function disturbedDataApi(kind: ChaosKind) {
  const { chaos, waits } = onlyKind(kind);
  const api = createLocalDataApi({ disturbance: chaos.disturbStatement });
  const statusOf = async (id: string) => (await api.call('DescribeStatement', { Id: id })).Status;
  const submitAsFunction = async (operation: string, input: object): Promise<string> => {
    const call = { service: 'redshift-data', operation, input };
    return ((await chaos.intercept(call, () => api.call(operation, input))) as { Id: string }).Id;
  };
  return { api, waits, statusOf, submitAsFunction };
}

describe('statements of functions', () => {
  it('stay SUBMITTED, and cannot be cancelled meanwhile', async () => {
    const { api, waits, statusOf, submitAsFunction } = disturbedDataApi('stuck-submitted');
    const id = await submitAsFunction('ExecuteStatement', { ...DEV, Sql: 'select 1' });
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();

    expect(await statusOf(id)).toBe('SUBMITTED');
    expect(await api.call('CancelStatement', { Id: id })).toEqual({ Status: false });
    waits.advance(120_000);

    expect(await api.ended(id)).toMatchObject({ Status: 'FINISHED' });
  });

  it('are not the statements of a person, which run at once', async () => {
    const { api } = disturbedDataApi('stuck-submitted');

    expect(await api.ended(await api.submit('select 1'))).toMatchObject({ Status: 'FINISHED' });
  });

  it('take their time to roll back, and are STARTED until they have', async () => {
    const { api, waits, statusOf, submitAsFunction } = disturbedDataApi('slow-rollback');
    const id = await submitAsFunction('BatchExecuteStatement', { ...DEV, Sqls: ['hold', 'select 1'] });
    await until(() => api.warehouse.held === 1);

    await api.call('CancelStatement', { Id: id });
    await nextTurn();
    expect(await statusOf(id)).toBe('STARTED');
    expect(api.warehouse.log).not.toContain('1 rollback');
    waits.advance(60_000);

    expect(await api.ended(id)).toMatchObject({ Status: 'ABORTED' });
    expect(api.warehouse.log).toContain('1 rollback');
  });
});
