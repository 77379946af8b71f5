import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fenceTableName } from '../../../src/names/elt-tables.ts';
import { orders } from '../../fixtures/pipeline.ts';
import { type MigrationWorld, startMigrationWorld } from './migration-world.ts';

const FILES = {
  'V001__create_orders.sql': 'CREATE SCHEMA mart;\nCREATE TABLE mart.orders (id integer);',
  'V002__create_totals.sql': 'CREATE TABLE mart.totals (id integer);',
  'R__procedure_load_orders.sql': `CREATE OR REPLACE PROCEDURE mart.sp_load_orders() AS $$
BEGIN
  DELETE FROM mart.orders;
END;
$$ LANGUAGE plpgsql;`,
};
const FENCES = 'fence tables of load-orders';
const RECORD = 'record of runs';
const COLUMNS = 'columns of staged tables';

let world: MigrationWorld;
beforeAll(async () => {
  world = await startMigrationWorld([orders]);
});
afterAll(() => world.close());
beforeEach(() => world.write(FILES));
afterEach(() => world.empty());

const tablesIn = async (schema: string) =>
  (
    await world.query(`SELECT tablename FROM pg_tables WHERE schemaname = '${schema}' ORDER BY tablename`)
  ).flat();

describe('an empty warehouse', () => {
  it('gets versions in their order, then fence tables, then repeatables, and then its columns are noted', async () => {
    expect(await world.migrate()).toEqual([
      'V001__create_orders.sql',
      'V002__create_totals.sql',
      FENCES,
      RECORD,
      'R__procedure_load_orders.sql',
      COLUMNS,
    ]);
    expect(await tablesIn('mart')).toEqual(['orders', 'totals']);
    expect(await tablesIn('elt')).toEqual([
      fenceTableName('load-orders', 'Load_Orders'),
      fenceTableName('load-orders', 'Load_Totals'),
      'runs',
      'schema_history',
      'staged_columns',
    ]);
  });

  it('remembers what was applied, when, by whom and how long it took', async () => {
    await world.migrate();

    const rows = await world.query(
      `SELECT installed_rank, kind, version, description, script, checksum, applied_by,
        datediff(hour, applied_at, getdate()), execution_ms >= 0
      FROM elt.schema_history ORDER BY installed_rank`,
    );

    const checksum = expect.stringMatching(/^[0-9a-f]{64}$/);
    const [file] = Object.keys(FILES);
    expect(rows).toHaveLength(6);
    expect(rows[0]).toEqual(['1', 'versioned', '001', 'create orders', file, checksum, 'owner', '0', 'true']);
    expect(rows[2]?.slice(0, 4)).toEqual(['3', 'fence tables', '', FENCES]);
    expect(rows[3]?.slice(0, 4)).toEqual(['4', 'record of runs', '', RECORD]);
    expect(rows[4]?.slice(0, 4)).toEqual(['5', 'repeatable', '', 'procedure load orders']);
    expect(rows[5]?.slice(0, 4)).toEqual(['6', 'staged columns', '', COLUMNS]);
  });

  it('gets each file once from two migrations at once', async () => {
    const [one, other] = await Promise.all([world.migrate(), world.migrate()]);

    expect([...one, ...other].toSorted()).toEqual(
      [...Object.keys(FILES), FENCES, RECORD, COLUMNS].toSorted(),
    );
    expect(await world.history()).toHaveLength(6);
  });
});

describe('a warehouse that was migrated', () => {
  beforeEach(async () => {
    await world.migrate();
  });

  it('gets nothing from the same files', async () => {
    expect(await world.migrate()).toEqual([]);
  });

  it('gets a repeatable again whose content changed, and that one only', async () => {
    await world.write({
      'R__procedure_load_orders.sql': `${FILES['R__procedure_load_orders.sql']}\n-- changed`,
    });

    expect(await world.migrate()).toEqual(['R__procedure_load_orders.sql']);
    expect(await world.migrate()).toEqual([]);
    expect(await world.history()).toHaveLength(7);
  });

  it('gets a fence table back that somebody dropped', async () => {
    await world
      .runner('owner')
      .transaction('test', [`DROP TABLE elt.${fenceTableName('load-orders', 'Load_Totals')}`]);

    expect(await world.migrate()).toEqual([FENCES]);
    expect(await tablesIn('elt')).toContain(fenceTableName('load-orders', 'Load_Totals'));
  });

  it('gets nothing when a version was changed after it had been applied', async () => {
    await world.write({ 'V001__create_orders.sql': 'CREATE SCHEMA other;', 'V003__more.sql': 'SELECT 1;' });

    await expect(world.migrate()).rejects.toThrow(/^V001__create_orders.sql: was changed after it was/);
    expect(await world.history()).toHaveLength(6);
  });

  it('gets nothing when a version is missing that was applied', async () => {
    await world.write({ 'V002__create_totals.sql': undefined, 'V003__more.sql': 'SELECT 1;' });

    await expect(world.migrate()).rejects.toThrow(
      /^V002__create_totals.sql: was applied, but the file is missing now/,
    );
    expect(await world.history()).toHaveLength(6);
  });

  it('gets no version below one that was applied', async () => {
    await world.write({ 'V001_5__late.sql': 'CREATE TABLE mart.late (id integer);' });

    await expect(world.migrate()).rejects.toThrow(
      /^V001_5__late.sql: its version is below that of V002__create_totals.sql/,
    );
    expect(await tablesIn('mart')).not.toContain('late');
  });
});

describe('a file that fails', () => {
  const broken = 'CREATE TABLE mart.third (id integer);\n\n-- now wrong\nCREATE TABLE mart.third id integer;';

  it('leaves the files before it applied and nothing of itself, and says where and why', async () => {
    await world.write({ 'V003__third.sql': broken });

    await expect(world.migrate()).rejects.toThrow(
      /^V003__third.sql: statement 2 of 2, line 4, "CREATE TABLE mart.third id integer": ERROR: .*syntax error.*; nothing of it was applied$/s,
    );
    expect(await world.history()).toEqual(['V001__create_orders.sql', 'V002__create_totals.sql']);
    expect(await tablesIn('mart')).toEqual(['orders', 'totals']);
  });

  it('is applied with all that follow it when it is repaired', async () => {
    await world.write({ 'V003__third.sql': broken });
    await world.migrate().catch(() => {});
    await world.write({ 'V003__third.sql': 'CREATE TABLE mart.third (id integer);' });

    expect(await world.migrate()).toEqual([
      'V003__third.sql',
      FENCES,
      RECORD,
      'R__procedure_load_orders.sql',
      COLUMNS,
    ]);
  });

  it('keeps the times of what was applied before it', async () => {
    await world.write({ 'V003__third.sql': broken });
    await world.migrate().catch(() => {});

    expect(await world.query('SELECT count(*) FROM elt.schema_history WHERE execution_ms >= 0')).toEqual([
      ['2'],
    ]);
  });
});

describe('grants', () => {
  const call = () => world.runner('runtime').transaction('test', ['CALL mart.sp_load_orders()']);

  it('are missed by the runtime user where no file gives them', async () => {
    await world.migrate();

    await expect(call()).rejects.toThrow('permission denied for schema mart');
  });

  it('reach the runtime user by the name it has in this stage', async () => {
    await world.write({
      'R__user_grants.sql': `GRANT USAGE ON SCHEMA mart TO \${runtime};
        GRANT SELECT, DELETE ON mart.orders TO \${runtime};
        GRANT EXECUTE ON PROCEDURE mart.sp_load_orders() TO \${runtime};`,
    });
    await world.migrate();
    await call();

    const renamed = { owner: 'owner', runtime: 'IAMR:loader', dms: 'dms' };
    await expect(world.migrate({ placeholders: renamed })).rejects.toThrow(
      'user "IAMR:loader" does not exist',
    );
  });
});
