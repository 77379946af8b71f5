import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type HeldTransaction, holdTransaction } from '../../fixtures/held-transaction.ts';
import { type MigrationWorld, startMigrationWorld } from './migration-world.ts';

const ORDERS = 'V001__create_orders.sql';
const INSERT = 'V002__insert_order.sql';
const LAST = 'V003__last.sql';

let world: MigrationWorld;
let held: HeldTransaction;
beforeAll(async () => {
  world = await startMigrationWorld();
});
afterAll(() => world.close());
afterEach(() => world.empty());

/** The second file waits for a table that somebody else has locked. */
beforeEach(async () => {
  await world.write({ [ORDERS]: 'CREATE SCHEMA mart;\nCREATE TABLE mart.orders (id integer);' });
  await world.migrate();
  await world.write({ [INSERT]: 'INSERT INTO mart.orders VALUES (1);', [LAST]: 'SELECT 1;' });
  held = await holdTransaction(world.stack.warehouse, 'LOCK TABLE mart.orders');
});

const countOrders = () => world.query('SELECT count(*) FROM mart.orders');

describe('migrate', () => {
  it('cancels what runs when it is stopped, and begins nothing more', async () => {
    const stop = new AbortController();
    const migrating = world.migrate({ runner: world.runner('owner', { signal: stop.signal }) });
    const rejected = expect(migrating).rejects.toThrow(
      /^V002__insert_order.sql: .*; nothing of it was applied$/,
    );
    await held.untilWaitedFor();

    stop.abort();
    await rejected;
    await held.commit();

    expect(await world.history()).toEqual([ORDERS]);
    expect(await countOrders()).toEqual([['0']]);
    expect(await world.migrate()).toEqual([INSERT, LAST]);
  });

  it('waits for a statement that an earlier migrate has left running, and goes on from there', async () => {
    const earlier = world.migrate();
    await held.untilWaitedFor();
    const waitedFor = Promise.withResolvers<string>();
    const later = world.migrate({ onEarlier: waitedFor.resolve });

    expect(await waitedFor.promise).toBe(INSERT);
    await held.commit();

    expect([...(await earlier), ...(await later)].toSorted()).toEqual([INSERT, LAST]);
    expect(await world.history()).toEqual([ORDERS, INSERT, LAST]);
    expect(await countOrders()).toEqual([['1']]);
  });

  it('can stop waiting for it, and leaves it alone', async () => {
    const earlier = world.migrate();
    await held.untilWaitedFor();
    const stop = new AbortController();
    const runner = world.runner('owner', { signal: stop.signal });
    const reason = new Error('stopped');

    await expect(world.migrate({ runner, onEarlier: () => stop.abort(reason) })).rejects.toBe(reason);
    await held.commit();

    expect(await earlier).toEqual([INSERT, LAST]);
  });
});
