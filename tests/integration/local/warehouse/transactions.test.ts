import { describe, expect, it } from 'vitest';
import type { Session } from '../../../../src/local/contracts.ts';
import { untilItWaits, useWarehouse } from './open-sessions.ts';

const { open } = useWarehouse();

/** Two sessions on a table of the test's own, and one to look on. */
async function openTwo(table: string): Promise<readonly [Session, Session, Session]> {
  const sessions = [await open(), await open(), await open()] as const;
  await sessions[0].execute(`CREATE TABLE ${table} (a int)`);
  await sessions[0].execute(`INSERT INTO ${table} VALUES (1), (2)`);
  return sessions;
}

const count = async (session: Session, table: string) =>
  Number((await session.execute(`SELECT count(*) FROM ${table}`)).rows?.[0]?.[0]);

describe('a transaction', () => {
  it('sees what was committed before its first query, and nothing later', async () => {
    const [reader, writer] = await openTwo('seen');

    await reader.begin();
    await writer.execute('INSERT INTO seen VALUES (3)');
    const first = await count(reader, 'seen');
    await writer.execute('INSERT INTO seen VALUES (4)');

    expect([first, await count(reader, 'seen')]).toEqual([3, 3]);
    await reader.commit();
    expect(await count(reader, 'seen')).toBe(4);
  });

  it('waits for a LOCK and then sees what its holder has committed', async () => {
    const [holder, waiter, watcher] = await openTwo('held');
    await holder.begin();
    await holder.execute('LOCK held');
    await holder.execute('DELETE FROM held');

    await waiter.begin();
    const locked = waiter.execute('LOCK TABLE held');
    await untilItWaits(waiter, watcher);
    await holder.commit();
    await locked;

    expect(await count(waiter, 'held')).toBe(0);
    await waiter.rollback();
  });

  it('sees it too when the LOCK is what a procedure does first', async () => {
    const [holder, caller, watcher] = await openTwo('held_first');
    await holder.execute(
      'CREATE PROCEDURE count_held(n INOUT bigint) AS $$ BEGIN LOCK held_first; SELECT INTO n count(*) FROM held_first; END; $$ LANGUAGE plpgsql',
    );
    await holder.begin();
    await holder.execute('LOCK held_first');
    await holder.execute('DELETE FROM held_first');

    const called = caller.execute('CALL count_held(0)');
    await untilItWaits(caller, watcher);
    await holder.commit();

    expect((await called).rows).toEqual([['0']]);
  });

  it('makes a second writer of the same table wait, even for other rows', async () => {
    const [first, second, watcher] = await openTwo('written');
    await first.begin();
    await first.execute('INSERT INTO written VALUES (3)');

    const inserted = second.execute('INSERT INTO written VALUES (4)');
    await untilItWaits(second, watcher);
    await first.commit();

    expect((await inserted).rowCount).toBe(1);
    expect(await count(first, 'written')).toBe(4);
  });

  it('fails with error 1023 when another one has changed its rows', async () => {
    const [first, second, watcher] = await openTwo('fought');
    await first.begin();
    await second.begin();
    await count(second, 'fought');
    await first.execute('DELETE FROM fought WHERE a = 1');

    const deleted = second.execute('DELETE FROM fought').catch((error: unknown) => error);
    await untilItWaits(second, watcher);
    await first.commit();

    expect(await deleted).toMatchObject({
      sqlState: '40001',
      message: expect.stringMatching(
        /^ERROR: 1023 DETAIL: Serializable isolation violation on table - \d+, transactions forming the cycle are: \d+, \d+ \(pid:\d+\)$/,
      ),
    });
    await second.rollback();
  });

  it('cannot be committed when one of its statements has failed', async () => {
    const [session] = await openTwo('broken');
    await session.begin();
    await session.execute('INSERT INTO broken VALUES (3)');
    await expect(session.execute('SELECT 1 / 0')).rejects.toThrow('ERROR: division by zero');

    await expect(session.commit()).rejects.toThrow('current transaction is aborted');
    expect(await count(session, 'broken')).toBe(2);
  });

  it('refuses a procedure that commits, as Redshift does, with its hint', async () => {
    const [session] = await openTwo('emptied');
    await session.execute(
      'CREATE PROCEDURE empty_it() AS $$ BEGIN TRUNCATE emptied; END; $$ LANGUAGE plpgsql',
    );
    await session.begin();

    await expect(session.execute('CALL empty_it()')).rejects.toThrow(
      /^ERROR: TRUNCATE cannot be invoked from a procedure that is executing in an atomic context\.\n {2}Hint: Try calling the procedure as a top-level call/,
    );
    await session.rollback();
    expect(await count(session, 'emptied')).toBe(2);
  });
});

describe('a dropped table', () => {
  it('is gone for everybody at once', async () => {
    const [owner, reader] = await openTwo('dropped');
    await reader.begin();
    await reader.execute('SELECT 1');

    await owner.execute('DROP TABLE dropped');

    await expect(reader.execute('SELECT * FROM dropped')).rejects.toThrow(
      'ERROR: relation "dropped" does not exist',
    );
    await reader.rollback();
  });
});
