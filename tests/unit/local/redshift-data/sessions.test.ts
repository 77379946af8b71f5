import { describe, expect, it } from 'vitest';
import { createLocalDataApi, until } from '../../../fixtures/local-data-api.ts';

describe('sessions', () => {
  it('are reset and used again for the same database and user', async () => {
    const { submit, ended, warehouse } = createLocalDataApi();

    await ended(await submit('select 1'));
    await until(() => warehouse.log.includes('1 reset'));
    await ended(await submit('select 2'));
    await ended(await submit('select 3', { DbUser: 'runtime' }));

    expect(warehouse.log.filter((line) => !line.endsWith('reset'))).toEqual([
      'open dev/owner',
      '1 select 1',
      '1 select 2',
      'open dev/runtime',
      '2 select 3',
    ]);
  });

  it('make room for another user when the limit is reached', async () => {
    const { submit, ended, warehouse } = createLocalDataApi({ sessions: 1 });

    await ended(await submit('select 1'));
    await until(() => warehouse.log.includes('1 reset'));
    await ended(await submit('select 2', { DbUser: 'dms' }));

    expect(warehouse.log).toContain('1 close');
  });

  it.each([
    [{ DbUser: 'runtime' }, 'runtime'],
    [{ DbUser: 'dms' }, 'dms'],
    [{ DbUser: 'somebody' }, 'owner'],
    [{}, 'owner'],
    [{ SecretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:elt/runtime-AbC123' }, 'runtime'],
    [{ SecretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:redshift-dms' }, 'dms'],
    [{ SecretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:admin-AbC123' }, 'owner'],
  ])('of %o belong to %s', async (credentials, user) => {
    const { submit, ended, warehouse } = createLocalDataApi();

    await ended(await submit('select 1', credentials));

    expect(warehouse.log[0]).toBe(`open dev/${user}`);
  });
});
