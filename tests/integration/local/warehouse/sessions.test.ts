import { describe, expect, it } from 'vitest';
import { useWarehouse } from './open-sessions.ts';

const MAX_RESULT_BYTES = 200_000;

const { open } = useWarehouse({ maxResultBytes: MAX_RESULT_BYTES });

const values = (parameters: Record<string, string>) =>
  Object.entries(parameters).map(([name, value]) => ({ name, value }));

describe('a session', () => {
  it('binds parameters as values of the type that is wanted', async () => {
    const session = await open();
    await session.execute('CREATE TABLE bound (a int, b varchar(40), c date)');

    const { rowCount } = await session.execute(
      'INSERT INTO bound VALUES (:a, :b, :c)',
      values({ a: '7', b: "x'); DROP TABLE bound; --", c: '2026-01-31' }),
    );
    const { rows } = await session.execute(
      "SELECT a, b, c, :b::varchar || '!' FROM bound WHERE a = :a AND c >= :c LIMIT :a",
      values({ a: '7', b: 'y', c: '2026-01-01' }),
    );

    expect(rowCount).toBe(1);
    expect(rows).toEqual([['7', "x'); DROP TABLE bound; --", '2026-01-31', 'y!']]);
  });

  it('binds parameters of a CALL', async () => {
    const session = await open();
    await session.execute(
      'CREATE PROCEDURE twice(n INOUT int) AS $$ BEGIN n := n * 2; END; $$ LANGUAGE plpgsql',
    );

    expect((await session.execute('CALL twice(:n::integer)', values({ n: '21' }))).rows).toEqual([['42']]);
  });

  it('describes its columns', async () => {
    const session = await open();
    const longName = 'the_name_of_a_column_that_is_longer_than_what_the_server_takes_of_it';
    await session.execute('CREATE TABLE described (id int NOT NULL, name varchar(20), amount numeric(18,2))');

    const { columns } = await session.execute(
      `SELECT id, name, amount, id > 1 AS flag, count(*) OVER () AS ${longName} FROM described`,
    );

    const described = { schemaName: 'public', tableName: 'described' };
    const computed = { schemaName: '', tableName: '', nullable: true };
    expect(columns).toEqual([
      { name: 'id', typeName: 'int4', precision: 10, scale: 0, nullable: false, ...described },
      { name: 'name', typeName: 'varchar', precision: 20, scale: 0, nullable: true, ...described },
      { name: 'amount', typeName: 'numeric', precision: 18, scale: 2, nullable: true, ...described },
      { name: 'flag', typeName: 'bool', precision: 1, scale: 0, ...computed },
      { name: longName, typeName: 'int8', precision: 19, scale: 0, ...computed },
    ]);
  });

  it('notices when a column it knows has changed', async () => {
    const session = await open();
    await session.execute('CREATE TABLE renamed (a int)');
    await session.execute('SELECT a FROM renamed');

    await session.execute('ALTER TABLE renamed RENAME TO renamed_again');

    const { columns } = await session.execute('SELECT a FROM renamed_again');
    expect(columns?.[0]?.tableName).toBe('renamed_again');
  });

  it('gives back no result set for statements that have none', async () => {
    const session = await open();
    await session.execute('CREATE TABLE counted (a int)');

    expect(await session.execute('INSERT INTO counted VALUES (1), (2)')).toEqual({
      command: 'INSERT',
      rowCount: 2,
    });
    expect(await session.execute('UPDATE counted SET a = 3')).toEqual({ command: 'UPDATE', rowCount: 2 });
    expect(await session.execute('TRUNCATE counted')).toEqual({ command: 'TRUNCATE', rowCount: -1 });
  });

  it('runs statements one after the other', async () => {
    const session = await open();

    const answers = await Promise.all(
      ['1', '2', '3'].map((n) => session.execute(`SELECT ${n}, pg_sleep(0.01)`)),
    );

    expect(answers.map(({ rows }) => rows?.[0]?.[0])).toEqual(['1', '2', '3']);
  });

  it('refuses a result that is too large, and lives on', async () => {
    const session = await open();

    await expect(session.execute("SELECT n, 'some text' FROM generate_series(1, 5000) AS n")).rejects.toThrow(
      'ERROR: Query result size exceeds the maximum of 0 MB',
    );
    expect((await session.execute('SELECT 1')).rows).toEqual([['1']]);
  });

  it('is as good as new after a reset', async () => {
    const session = await open();
    await session.execute('SET statement_timeout TO 5000');
    await session.execute('CREATE TEMP TABLE forgotten (a int)');
    await session.begin();

    await session.reset();

    expect((await session.execute('SHOW statement_timeout')).rows).toEqual([['0']]);
    await expect(session.execute('SELECT * FROM forgotten')).rejects.toThrow(
      'relation "forgotten" does not exist',
    );
    expect((await session.execute("SELECT 'it\\'s'")).rows).toEqual([["it's"]]);
  });
});

describe('cancel', () => {
  it('ends what runs, and nothing else', async () => {
    const session = await open();
    const running = session.execute('SELECT pg_sleep(60)').catch((error: unknown) => error);
    const next = session.execute('SELECT 1');

    await session.cancel();

    expect(await running).toMatchObject({
      cancelled: true,
      sqlState: '57014',
      message: expect.stringMatching(/^ERROR: Query \(\d+\) cancelled on user's request$/),
    });
    expect((await next).rows).toEqual([['1']]);
  });

  it('ends a procedure without running its handler', async () => {
    const session = await open();
    await session.execute('CREATE TABLE handled (a int)');
    await session.execute(
      'CREATE PROCEDURE sleep_long() AS $$ BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN OTHERS THEN INSERT INTO handled VALUES (1); END; $$ LANGUAGE plpgsql',
    );
    const running = session.execute('CALL sleep_long()').catch((error: unknown) => error);

    await session.cancel();

    expect(await running).toMatchObject({ cancelled: true });
    expect((await session.execute('SELECT count(*) FROM handled')).rows).toEqual([['0']]);
  });

  it('does nothing while nothing runs', async () => {
    const session = await open();

    await session.cancel();

    expect((await session.execute('SELECT 1')).rows).toEqual([['1']]);
  });
});
