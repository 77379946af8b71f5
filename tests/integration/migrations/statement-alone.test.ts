import { ListStatementsCommand } from '@aws-sdk/client-redshift-data';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SqlRunner } from '../../../src/migrations/sql-runner.ts';
import { type MigrationWorld, startMigrationWorld } from './migration-world.ts';

const ALONE = '-- migrate: no transaction\n';

let world: MigrationWorld;
beforeAll(async () => {
  world = await startMigrationWorld();
});
afterAll(() => world.close());
beforeEach(() =>
  world.write({
    'V001__create_orders.sql': 'CREATE SCHEMA mart;\nCREATE TABLE mart.orders (id integer);',
  }),
);
afterEach(() => world.empty());

/** How often a file's statement was submitted; the history's own transactions are batches. */
const submissions = async (file: string) => {
  const { Statements = [] } = await world.dataApi.send(
    new ListStatementsCommand({ StatementName: `migrate/${file}`, Status: 'ALL' }),
  );
  return Statements.filter(({ IsBatchStatement }) => !IsBatchStatement).length;
};

describe('a statement that runs outside of transactions only', () => {
  it('fails where its file does not say so', async () => {
    await world.write({ 'V002__vacuum.sql': 'VACUUM mart.orders;' });

    await expect(world.migrate()).rejects.toThrow(
      /V002__vacuum.sql: statement 1 of 1, line 1, "VACUUM mart.orders": ERROR: VACUUM cannot run inside a trans/,
    );
  });

  it('is run by itself where its file says so, and remembered', async () => {
    await world.write({ 'V002__vacuum_orders.sql': `${ALONE}VACUUM mart.orders;` });

    expect(await world.migrate()).toEqual(['V001__create_orders.sql', 'V002__vacuum_orders.sql']);
    expect(await world.migrate()).toEqual([]);
    expect(await submissions('V002__vacuum_orders.sql')).toBe(1);
  });

  it('is run once by two migrations at once', async () => {
    await world.write({ 'R__insert_once.sql': `${ALONE}INSERT INTO mart.orders VALUES (1);` });

    const [one, other] = await Promise.all([world.migrate(), world.migrate()]);

    expect([...one, ...other].toSorted()).toEqual(['R__insert_once.sql', 'V001__create_orders.sql']);
    expect(await world.query('SELECT count(*) FROM mart.orders')).toEqual([['1']]);
  });

  it('is not run again when the migrate was killed before it remembered it', async () => {
    await world.write({ 'R__insert_and_die.sql': `${ALONE}INSERT INTO mart.orders VALUES (3);` });
    const runner = world.runner('owner');
    const death = new Error('killed');
    const dying: SqlRunner = {
      ...runner,
      execute: (name, sqls, key) =>
        sqls.join().includes('R__insert_and_die') ? Promise.reject(death) : runner.execute(name, sqls, key),
    };

    await expect(world.migrate({ runner: dying })).rejects.toBe(death);
    expect(await world.migrate()).toEqual(['R__insert_and_die.sql']);
    expect(await world.query('SELECT count(*) FROM mart.orders')).toEqual([['1']]);
  });

  it('is run in a warehouse that was made anew, although the same was run in the one before', async () => {
    const files = {
      'V001__create_orders.sql': 'CREATE SCHEMA mart;\nCREATE TABLE mart.orders (id integer);',
      'R__insert_anew.sql': `${ALONE}INSERT INTO mart.orders VALUES (4);`,
    };
    await world.write(files);
    await world.migrate();
    await world.empty();
    await world.write(files);

    await world.migrate();

    expect(await world.query('SELECT id FROM mart.orders')).toEqual([['4']]);
  });

  it('is run again when its file has changed and changed back', async () => {
    const [first, second] = [
      `${ALONE}INSERT INTO mart.orders VALUES (2);`,
      `${ALONE}DELETE FROM mart.orders;`,
    ];
    for (const text of [first, second, first]) {
      await world.write({ 'R__insert_again.sql': text });
      await world.migrate();
    }

    expect(await submissions('R__insert_again.sql')).toBe(3);
    expect(await world.query('SELECT id FROM mart.orders')).toEqual([['2']]);
  });

  it('is tried again when it has failed, and what it left is the reader’s to see', async () => {
    const file = 'V002__vacuum_late.sql';
    await world.write({ [file]: `${ALONE}VACUUM mart.late;` });

    await expect(world.migrate()).rejects.toThrow(/"mart.late" does not exist.*check what it has changed/s);
    await world.runner('owner').transaction('test', ['CREATE TABLE mart.late (id integer)']);

    expect(await world.migrate()).toEqual([file]);
    expect(await submissions(file)).toBe(2);
  });
});
