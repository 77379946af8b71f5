import { describe, expect, it } from 'vitest';
import type { Session } from '../../../../src/local/contracts.ts';
import { useWarehouse } from './open-sessions.ts';

const { open } = useWarehouse();

const rowsOf = async (session: Session, sql: string) => (await session.execute(sql)).rows ?? [];

/** The numbers from `first` to `last` as rows. */
const numbers = (first: number, last: number) =>
  `(${Array.from({ length: last - first + 1 }, (_, index) => `SELECT ${first + index} AS a`).join(' UNION ALL ')}) AS numbers`;

/** What the statement that `session` ran last wrote: step, table, rows. */
const writtenBy = async (session: Session, { queryId } = session) =>
  rowsOf(
    session,
    `SELECT step_name, trim(table_name), output_rows FROM sys_query_detail WHERE query_id = ${queryId} ORDER BY 2, 1`,
  );

describe('SYS_QUERY_DETAIL', () => {
  it('shows what a statement inserted and deleted; an UPDATE does both', async () => {
    const session = await open();
    await session.execute('CREATE TABLE changed (a int)');
    const written: unknown[] = [];
    for (const sql of [
      `INSERT INTO changed SELECT a FROM ${numbers(1, 10)}`,
      'UPDATE changed SET a = a + 1 WHERE a > 6',
      'DELETE FROM changed WHERE a < 4',
      'DELETE FROM changed WHERE a < 0',
      'TRUNCATE changed',
      'INSERT INTO changed VALUES (1)',
    ]) {
      await session.execute(sql);
      written.push(await writtenBy(session));
    }

    const table = 'dev.public.changed';
    expect(written).toEqual([
      [['insert', table, '10']],
      [
        ['delete', table, '4'],
        ['insert', table, '4'],
      ],
      [['delete', table, '3']],
      [],
      [],
      [['insert', table, '1']],
    ]);
  });

  it('counts the rows of MERGE and of CREATE TABLE AS', async () => {
    const session = await open();
    await session.execute(`CREATE TABLE filled AS SELECT a FROM ${numbers(1, 5)}`);
    const created = await writtenBy(session);
    await session.execute(`CREATE TABLE more AS SELECT a FROM ${numbers(4, 8)}`);
    await session.execute(
      'MERGE INTO filled USING more ON filled.a = more.a WHEN MATCHED THEN UPDATE SET a = more.a WHEN NOT MATCHED THEN INSERT VALUES (more.a)',
    );

    expect(created).toEqual([['insert', 'dev.public.filled', '5']]);
    expect((await writtenBy(session)).map(([step, , rows]) => [step, Number(rows)]).sort()).toEqual([
      ['delete', 2],
      ['insert', 2],
      ['insert', 3],
    ]);
  });

  it('shows what a transaction wrote once it is committed, by statement', async () => {
    const session = await open();
    await session.execute('CREATE TABLE committed (a int)');
    await session.begin();
    await session.execute('INSERT INTO committed VALUES (1), (2)');
    const first = session.queryId;
    await session.execute('INSERT INTO committed VALUES (3)');
    const second = session.queryId;
    const watcher = await open();
    const before = await writtenBy(watcher, { queryId: first } as Session);
    await session.commit();

    expect(before).toEqual([]);
    expect(await writtenBy(watcher, { queryId: first } as Session)).toEqual([
      ['insert', 'dev.public.committed', '2'],
    ]);
    expect(await writtenBy(watcher, { queryId: second } as Session)).toEqual([
      ['insert', 'dev.public.committed', '1'],
    ]);
  });

  it('shows nothing of what was rolled back, and counts none of it for the next statement', async () => {
    const session = await open();
    await session.execute('CREATE TABLE undone (a int)');
    await session.begin();
    await session.execute('INSERT INTO undone VALUES (1), (2)');
    const undone = session.queryId;
    await session.rollback();
    await session
      .execute('INSERT INTO undone SELECT 1 / (a - 2) FROM (SELECT 1 AS a UNION ALL SELECT 2) AS x')
      .catch(() => {});
    const failed = session.queryId;
    await session.execute('INSERT INTO undone VALUES (1)');

    expect(await writtenBy(session)).toEqual([['insert', 'dev.public.undone', '1']]);
    expect(await writtenBy(session, { queryId: undone } as Session)).toEqual([]);
    expect(await writtenBy(session, { queryId: failed } as Session)).toEqual([]);
  });

  it('shows what a procedure committed by itself, also when it fails afterwards', async () => {
    const session = await open();
    await session.execute('CREATE TABLE by_procedure (a int)');
    await session.execute(`CREATE PROCEDURE fill(fails int) AS $$ BEGIN
      INSERT INTO by_procedure VALUES (1), (2);
      COMMIT;
      INSERT INTO by_procedure VALUES (3);
      EXECUTE 'INSERT INTO by_procedure VALUES (4), (5), (6)';
      DELETE FROM by_procedure WHERE a = 1 / fails;
    END; $$ LANGUAGE plpgsql`);
    await session.execute('CALL fill(1)');
    const whole = session.queryId;
    await session.execute('CALL fill(0)').catch(() => {});
    const failed = session.queryId;

    const rows = (written: readonly (readonly (string | null)[])[]) =>
      written.map(([step, , count]) => `${step} ${count}`).sort();
    expect(rows(await writtenBy(session, { queryId: whole } as Session))).toEqual([
      'delete 1',
      'insert 1',
      'insert 2',
      'insert 3',
    ]);
    expect(rows(await writtenBy(session, { queryId: failed } as Session))).toEqual(['insert 2']);
  });

  it('keeps parallel sessions apart', async () => {
    const sessions = await Promise.all(Array.from({ length: 6 }, () => open()));
    await sessions[0]?.execute('CREATE TABLE shared (a int)');

    await Promise.all(
      sessions.map((session, index) =>
        session.execute(`INSERT INTO shared SELECT a FROM ${numbers(0, index)}`),
      ),
    );

    for (const [index, session] of sessions.entries()) {
      expect(await writtenBy(session)).toEqual([['insert', 'dev.public.shared', String(index + 1)]]);
    }
  });

  it('shows no temporary table', async () => {
    const session = await open();
    await session.execute('CREATE TEMP TABLE passing AS SELECT 1 AS a');
    const created = session.queryId;
    await session.execute('INSERT INTO passing VALUES (1)');

    expect(await writtenBy(session)).toEqual([]);
    expect(await writtenBy(session, { queryId: created } as Session)).toEqual([]);
  });
});
