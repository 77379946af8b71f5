import { describe, expect, it } from 'vitest';
import { createLocalDataApi, DEV } from '../../../fixtures/local-data-api.ts';

describe('ClientToken', () => {
  it('answers a repeated request with the first statement, concurrent ones too', async () => {
    const { call, submit, warehouse, ended } = createLocalDataApi();

    const ids = await Promise.all(['a', 'a', 'a'].map((ClientToken) => submit('select 1', { ClientToken })));
    const repeated = await call('ExecuteStatement', {
      ...DEV,
      Sql: 'select 2',
      ClientToken: 'a',
      WaitTimeSeconds: 1,
    });
    await ended(ids[0] as string);

    expect(new Set([...ids, repeated.Id]).size).toBe(1);
    expect(warehouse.log.filter((line) => line.includes('select'))).toEqual(['1 select 1']);
  });

  it('is case-sensitive and holds for eight hours', async () => {
    const { submit, clock } = createLocalDataApi();

    const first = await submit('select 1', { ClientToken: 'a' });
    const other = await submit('select 1', { ClientToken: 'A' });
    clock.advance(8 * 3_600_000 - 1);
    const before = await submit('select 1', { ClientToken: 'a' });
    clock.advance(1);
    const after = await submit('select 1', { ClientToken: 'a' });

    expect(other).not.toBe(first);
    expect(before).toBe(first);
    expect(after).not.toBe(first);
  });

  it('is not used up by a request that was refused', async () => {
    const { submit } = createLocalDataApi();

    await expect(submit('', { ClientToken: 'a' })).rejects.toThrow();

    await expect(submit('select 1', { ClientToken: 'a' })).resolves.toBeTypeOf('string');
  });
});
