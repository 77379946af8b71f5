import { beforeAll, describe, expect, it } from 'vitest';
import { useWarehouse } from './open-sessions.ts';

const { open, warehouse } = useWarehouse();

beforeAll(async () => {
  const session = await warehouse().open('dev', 'owner');
  await session.execute('CREATE TABLE kept (n int)');
  await session.execute('INSERT INTO kept VALUES (1)');
  for (const [name, body] of Object.entries(PROCEDURES))
    await session.execute(
      `CREATE PROCEDURE ${name}() AS $$ BEGIN ${body} END; $$ LANGUAGE plpgsql SECURITY INVOKER`,
    );
  await session.close();
  const source = await warehouse().open('source', 'owner');
  await source.execute('CREATE TABLE kept (n int)');
  await source.execute('INSERT INTO kept VALUES (1)');
  await source.close();
});

const PROCEDURES = {
  inserts: 'INSERT INTO kept VALUES (2);',
  commits: 'COMMIT; INSERT INTO kept VALUES (2);',
  rolls_back: 'ROLLBACK; INSERT INTO kept VALUES (2); COMMIT;',
  truncates: 'TRUNCATE kept;',
  executes: "EXECUTE 'INSERT INTO kept VALUES (2)';",
};

async function rowsOf(database: string): Promise<readonly (string | null)[]> {
  const session = await open('owner', database);
  const { rows = [] } = await session.execute('SELECT n FROM kept ORDER BY n');
  return rows.flat();
}

const WRITES = [
  'INSERT INTO kept VALUES (2)',
  'DELETE FROM kept',
  'TRUNCATE kept',
  'CREATE TABLE other (n int)',
  'CREATE TEMP TABLE other AS SELECT 1 AS n',
  'DROP TABLE kept',
  'SELECT n INTO other FROM kept',
  'GRANT SELECT ON kept TO runtime',
  'VACUUM',
  'SET TRANSACTION READ WRITE',
  'SET transaction_read_only TO off',
  'SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE',
  "SELECT set_config('transaction_read_only', 'off', true)",
  'COMMIT; INSERT INTO kept VALUES (2)',
  'SELECT 1; INSERT INTO kept VALUES (2)',
  "SELECT pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE usename = 'nobody'",
  'SELECT "pg_cancel_backend"(1)',
  'SELECT U&"pg\\005fcancel_backend"(1)',
  "SELECT query_to_xml('DELETE FROM kept', true, true, '')",
  ...Object.keys(PROCEDURES).map((name) => `CALL ${name}()`),
];

const SOURCE_WRITES = [
  'INSERT INTO kept VALUES (2)',
  'SET TRANSACTION READ WRITE',
  'SET transaction_read_only TO off',
  'COMMIT; INSERT INTO kept VALUES (2)',
  "SELECT set_config('transaction_read_only', 'off', true)",
  'DO $$ BEGIN COMMIT; SET TRANSACTION READ WRITE; INSERT INTO kept VALUES (2); END $$',
  'DO $$ BEGIN SET TRANSACTION READ WRITE; INSERT INTO kept VALUES (2); END $$',
  "COPY kept FROM PROGRAM 'echo 2'",
  'CREATE TABLE other (n int)',
];

describe('a session that only reads', () => {
  it.each(WRITES)('refuses %s', async (sql) => {
    const session = await open('owner', 'dev', { isReadOnly: true });
    await session.begin();

    await expect(session.execute(sql)).rejects.toThrow();

    expect(await rowsOf('dev')).toEqual(['1']);
  });

  it.each(SOURCE_WRITES)('refuses %s in the source', async (sql) => {
    const session = await open('owner', 'source', { isReadOnly: true });
    await session.begin();

    await expect(session.execute(sql)).rejects.toThrow();

    expect(await rowsOf('source')).toEqual(['1']);
  });

  it('writes nothing in a transaction of its own, either', async () => {
    const session = await open('owner', 'dev', { isReadOnly: true });

    await expect(session.execute('INSERT INTO kept VALUES (2)')).rejects.toThrow(
      'ERROR: cannot execute INSERT in a read-only transaction',
    );
  });

  it('reads', async () => {
    const session = await open('owner', 'dev', { isReadOnly: true });
    await session.begin();

    expect((await session.execute("SELECT n, 'pg_cancel_backend' FROM kept")).rows).toEqual([
      ['1', 'pg_cancel_backend'],
    ]);
  });

  it('ends a result that is larger than it takes', async () => {
    const session = await open('owner', 'dev', { maxResultBytes: 1_000 });

    await expect(session.execute("SELECT repeat('x', 2000)")).rejects.toThrow('ERROR: ');
  });
});
