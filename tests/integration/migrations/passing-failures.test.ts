import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { localClientConfig } from '../../../src/local-stage/local-client-config.ts';
import { createSqlRunner } from '../../../src/migrations/sql-runner.ts';
import { holdTransaction } from '../../fixtures/held-transaction.ts';
import { type MigrationWorld, startMigrationWorld } from './migration-world.ts';

const ORDERS = 'V001__create_orders.sql';
const CHANGE = 'V002__change_orders.sql';
const ALONE = '-- migrate: no transaction\n';

let world: MigrationWorld;
let repeated: string[];
beforeAll(async () => {
  world = await startMigrationWorld();
});
afterAll(() => world.close());
afterEach(() => world.empty());
beforeEach(async () => {
  repeated = [];
  await world.write({
    [ORDERS]:
      'CREATE SCHEMA mart;\nCREATE TABLE mart.orders (id integer);\nINSERT INTO mart.orders VALUES (1);',
  });
  await world.migrate();
});

/** Pauses are over at once. */
const runner = () =>
  world.runner('owner', {
    clock: { now: systemClock.now, sleep: async () => {} },
    onRepeat: (_name, error) => void repeated.push(error),
  });

async function killWhatRuns(text: string): Promise<void> {
  const client = new pg.Client(await world.stack.warehouse.connection('dev', 'owner'));
  await client.connect();
  const kill = async () =>
    (
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE usename = 'owner' AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE $1`,
        [`%${text}%`],
      )
    ).rowCount;
  await expect.poll(kill).toBeGreaterThan(0);
  await client.end();
}

describe('a migration', () => {
  it('is applied again, once, when another transaction got in its way', async () => {
    await world.write({ [CHANGE]: 'UPDATE mart.orders SET id = id + 10;' });
    const held = await holdTransaction(world.stack.warehouse, 'UPDATE mart.orders SET id = 2');
    const migrating = world.migrate({ runner: runner() });
    await held.untilWaitedFor();
    await held.commit();

    expect(await migrating).toEqual([CHANGE]);
    expect(repeated).toEqual([expect.stringContaining('1023')]);
    expect(await world.query('SELECT id FROM mart.orders')).toEqual([['12']]);
    expect(await world.history()).toEqual([ORDERS, CHANGE]);
  });

  it('is applied once when its connection was killed', async () => {
    await world.write({ [CHANGE]: 'UPDATE mart.orders SET id = id + 10;' });
    const held = await holdTransaction(world.stack.warehouse, 'LOCK TABLE mart.orders');
    const migrating = world.migrate({ runner: runner() });
    await held.untilWaitedFor();
    await killWhatRuns('UPDATE mart.orders');
    await held.commit();

    expect(await migrating).toEqual([CHANGE]);
    expect(repeated).toEqual([expect.stringContaining('terminating connection')]);
    expect(await world.query('SELECT id FROM mart.orders')).toEqual([['11']]);
  });

  it('is not run again outside of a transaction: nobody knows what was applied', async () => {
    await world.write({ [CHANGE]: `${ALONE}INSERT INTO mart.orders SELECT 7 FROM pg_sleep(20);` });
    const migrating = world.migrate({ runner: runner() });
    migrating.catch(() => {});
    await killWhatRuns('pg_sleep(20)');

    await expect(migrating).rejects.toThrow(/terminating connection.*check what it has changed/s);
    expect(repeated).toEqual([]);
  });
});

describe('the history', () => {
  it('is read again when the connection that reads it is killed', async () => {
    const held = await holdTransaction(world.stack.warehouse, 'LOCK TABLE elt.schema_history');
    const migrating = world.migrate({ runner: runner() });
    await held.untilWaitedFor();
    await killWhatRuns('FROM elt.schema_history');
    await held.commit();

    expect(await migrating).toEqual([]);
    expect(repeated).toEqual([expect.stringContaining('terminating connection')]);
  });

  it('is asked for again when the API refuses connections for a while', async () => {
    const api = new RedshiftDataClient({ ...localClientConfig(world.stack.url), maxAttempts: 1 });
    const port = Number(new URL(world.stack.url).port);
    let calls = 0;
    api.config.endpoint = async () => {
      calls += 1;
      return { protocol: 'http:', hostname: '127.0.0.1', port: calls <= 2 ? 1 : port, path: '/' };
    };
    const target = { clusterIdentifier: 'redshiftcluster-abcd', database: 'dev', dbUser: 'owner' };
    const clock = { now: systemClock.now, sleep: async () => {} };

    expect(await world.migrate({ runner: createSqlRunner(api, target, { clock }) })).toEqual([]);
    expect(calls).toBeGreaterThan(2);
    api.destroy();
  });
});
