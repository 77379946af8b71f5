import { describe, expect, it } from 'vitest';
import { createWarehouse } from '../../../../src/local/warehouse/create-warehouse.ts';
import { useWarehouse } from './open-sessions.ts';

const MAX_RESULT_BYTES = 200_000;

const { open, warehouse } = useWarehouse({ maxResultBytes: MAX_RESULT_BYTES });

describe('users', () => {
  it('see nothing of each other until it is granted', async () => {
    const owner = await open('admin');
    const runtime = await open('runtime');
    await owner.execute('CREATE SCHEMA guarded');
    await owner.execute('CREATE TABLE guarded.t (a int)');
    await owner.execute(
      'CREATE PROCEDURE guarded.p() AS $$ BEGIN INSERT INTO guarded.t VALUES (1); END; $$ LANGUAGE plpgsql',
    );

    await expect(runtime.execute('SELECT * FROM guarded.t')).rejects.toThrow(
      'ERROR: permission denied for schema guarded',
    );
    await owner.execute('GRANT USAGE ON SCHEMA guarded TO runtime');
    await expect(runtime.execute('SELECT * FROM guarded.t')).rejects.toThrow(
      'ERROR: permission denied for table t',
    );
    await expect(runtime.execute('CALL guarded.p()')).rejects.toThrow(
      'ERROR: permission denied for procedure p',
    );
    await owner.execute('GRANT EXECUTE ON PROCEDURE guarded.p() TO runtime');
    await expect(runtime.execute('CALL guarded.p()')).rejects.toThrow('ERROR: permission denied for table t');
    await owner.execute('GRANT INSERT ON guarded.t TO runtime');
    expect((await runtime.execute('CALL guarded.p()')).rowCount).toBe(-1);
  });

  it('are no superusers', async () => {
    for (const user of ['owner', 'runtime', 'dms']) {
      const session = await open(user);
      const { rows } = await session.execute(
        'SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user',
      );
      expect(rows).toEqual([[user, 'f']]);
    }
  });

  it('show no row in an error', async () => {
    const session = await open();
    await session.execute('CREATE TABLE discreet (secret varchar(20), a int NOT NULL)');

    const error = await session
      .execute("INSERT INTO discreet VALUES ('hush', NULL)")
      .catch((reason: Error) => reason);

    expect(String(error)).not.toContain('hush');
  });
});

describe('the warehouse', () => {
  it('knows no other databases', async () => {
    await expect(warehouse().open('prod', 'owner')).rejects.toThrow('FATAL: database "prod" does not exist');
  });

  it('speaks PostgreSQL in the source database', async () => {
    const session = await open('owner', 'source');

    expect((await session.execute('SELECT sum(n) FROM unnest(ARRAY[1, 2]) AS n')).rows).toEqual([['3']]);
  });

  it('ends what runs when it is closed', async () => {
    const closing = await createWarehouse();
    const session = await closing.open('dev', 'owner');
    const running = session.execute('SELECT pg_sleep(60)').catch((error: unknown) => error);

    await closing.close();

    expect(await running).toBeInstanceOf(Error);
    await expect(session.execute('SELECT 1')).rejects.toThrow(
      'An I/O error occurred while sending to the backend.',
    );
  });
});
