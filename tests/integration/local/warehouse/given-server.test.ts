import { hostname } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWarehouse } from '../../../../src/local/warehouse/create-warehouse.ts';
import { chooseAccount } from '../../../../src/local/warehouse/server/account.ts';
import { findBinaries } from '../../../../src/local/warehouse/server/binaries.ts';
import { type Guardian, startGuardian } from '../../../../src/local/warehouse/server/guardian.ts';
import { makeRunFolder } from '../../../../src/local/warehouse/server/run-folder.ts';
import { chooseListening, writeSettings } from '../../../../src/local/warehouse/server/settings.ts';

/** A server that knows nothing of us, as somebody else may have one. */
let guardian: Guardian;
let admin: Client;
let url: string;

beforeAll(async () => {
  const account = chooseAccount();
  const folder = makeRunFolder(account);
  guardian = startGuardian(folder, join(findBinaries().folder, 'bin'), account);
  await guardian.initialize(['--username=boss', '--auth=trust', '--no-sync', '--encoding=UTF8']);
  writeSettings(folder, await chooseListening(folder));
  await guardian.start();
  url = `postgres://boss@/postgres?host=${encodeURIComponent(folder)}&port=5432`;
  admin = new Client({ connectionString: url });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await guardian.close();
});

const names = async (query: string) =>
  (await admin.query({ text: query, rowMode: 'array' })).rows.flat().toSorted();

describe('LOCAL_PG_URL', () => {
  it('names a server to use, in which nothing is left in the end but the users', async () => {
    const before = await names('SELECT datname FROM pg_database');

    const warehouses = [
      await createWarehouse({ env: { LOCAL_PG_URL: url } }),
      await createWarehouse({ env: { LOCAL_PG_URL: url } }),
    ];
    for (const warehouse of warehouses) {
      const session = await warehouse.open('dev', 'runtime');
      expect((await session.execute('SELECT current_user, nvl(NULL, 1)')).rows).toEqual([['runtime', '1']]);
      const owner = await warehouse.open('dev', 'owner');
      await owner.execute(
        "CREATE PROCEDURE p() AS $$ BEGIN EXECUTE 'CREATE TABLE t (a int ENCODE az64)'; END; $$ LANGUAGE plpgsql",
      );
      await owner.execute('CALL p()');
      expect((await owner.execute('SELECT count(*) FROM t')).rows).toEqual([['0']]);
      // A role would belong to the whole server.
      await expect(owner.execute('CREATE GROUP readers')).rejects.toThrow(
        /^ERROR: A group or role on the server/,
      );
    }
    await Promise.all(warehouses.map((warehouse) => warehouse.close()));

    expect(await names('SELECT datname FROM pg_database')).toEqual(before);
    expect(await names("SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_'")).toEqual([
      'boss',
      'dms',
      'owner',
      'runtime',
    ]);
  });

  it('drops what a process that has died left there', async () => {
    await admin.query('CREATE DATABASE elt_dead_dev');
    await admin.query('CREATE DATABASE elt_other_dev');
    const owner = JSON.stringify({ pid: 2 ** 22 + 1, hostname: hostname() });
    await admin.query(`COMMENT ON DATABASE elt_dead_dev IS 'redshift-elt local warehouse ${owner}'`);

    const warehouse = await createWarehouse({ env: { LOCAL_PG_URL: url } });
    await warehouse.close();

    expect(await names("SELECT datname FROM pg_database WHERE datname LIKE 'elt%'")).toEqual([
      'elt_other_dev',
    ]);
    await admin.query('DROP DATABASE elt_other_dev');
  });

  it('is refused when it has a user of such a name that is not ours', async () => {
    await admin.query("COMMENT ON ROLE dms IS 'somebody else''s'");

    await expect(createWarehouse({ env: { LOCAL_PG_URL: url } })).rejects.toMatchObject({
      problem: 'given-server',
      message: expect.stringContaining('it has a role "dms" that is not the local warehouse\'s'),
    });
  });

  it('is refused when its user is no superuser', async () => {
    await admin.query('CREATE ROLE little LOGIN');

    await expect(
      createWarehouse({ env: { LOCAL_PG_URL: url.replace('boss', 'little') } }),
    ).rejects.toMatchObject({
      problem: 'given-server',
      message: expect.stringContaining('its user is no superuser'),
    });
  });

  it('is refused when nobody answers there', async () => {
    await expect(
      createWarehouse({ env: { LOCAL_PG_URL: 'postgres://a@127.0.0.1:1/b' } }),
    ).rejects.toMatchObject({
      problem: 'given-server',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
