import { describe, expect, it } from 'vitest';
import type { Session } from '../../../../src/local/contracts.ts';
import { useWarehouse } from './open-sessions.ts';

const { open } = useWarehouse();

const rowsOf = async (session: Session, sql: string) => (await session.execute(sql)).rows ?? [];

describe('SYS_QUERY_HISTORY', () => {
  it('has a row for each statement of a session, however it ended', async () => {
    const session = await open();
    await session.execute("SELECT 'first' FROM pg_class LIMIT 3");
    const first = session.queryId;
    await session.execute('SELECT 1 / 0').catch(() => {});
    const failed = session.queryId;

    const shown = await rowsOf(
      session,
      `SELECT query_id, session_id, trim(database_name), trim(query_type), trim(status), returned_rows, trim(query_text),
         trim(error_message), end_time >= start_time, abs(datediff(second, end_time, sysdate)) < 60
       FROM sys_query_history WHERE query_id IN (${first}, ${failed}) ORDER BY query_id`,
    );

    const same = [String(session.pid), 'dev', 'SELECT'];
    expect(shown).toEqual([
      [String(first), ...same, 'success', '3', "SELECT 'first' FROM pg_class LIMIT 3", null, 't', 't'],
      [String(failed), ...same, 'failed', '0', 'SELECT 1 / 0', 'ERROR: division by zero', 't', 't'],
    ]);
  });

  it('keeps what a statement says, whatever it says', async () => {
    const session = await open();
    const text = 'it\'s 🙂\u202e\u001b[31m\\ " {}';
    await session.execute(`SELECT 1 -- ${text}`);
    const { queryId } = session;
    await session.execute(`SELECT '${'é'.repeat(30_000)}'`);
    const long = session.queryId;

    const shown = (id: number) =>
      rowsOf(session, `SELECT trim(query_text) FROM sys_query_history WHERE query_id = ${id}`);

    expect(await shown(queryId)).toEqual([[`SELECT 1 -- ${text}`]]);
    expect((await shown(long))[0]?.[0]).toHaveLength(4000);
  });

  it('names a statement that was cancelled', async () => {
    const session = await open();
    const running = session.execute('SELECT pg_sleep(60)').catch(() => {});
    await session.cancel();
    await running;

    const { queryId } = session;
    expect(
      await rowsOf(session, `SELECT trim(status) FROM sys_query_history WHERE query_id = ${queryId}`),
    ).toEqual([['canceled']]);
  });

  it('shows a user the own statements only', async () => {
    const owner = await open('owner');
    const runtime = await open('runtime');
    await owner.execute('CREATE TABLE seen_by_owner (a int)');
    await owner.execute('INSERT INTO seen_by_owner VALUES (1)');
    const { queryId } = owner;

    expect(await rowsOf(runtime, `SELECT 1 FROM sys_query_history WHERE query_id = ${queryId}`)).toEqual([]);
    const detail = `SELECT 1 FROM sys_query_detail WHERE query_id = ${queryId}`;
    expect(await rowsOf(runtime, detail)).toEqual([]);
    expect(await rowsOf(owner, detail)).toHaveLength(1);
  });

  it('forgets the oldest of more than 10,000 statements, and what they wrote', async () => {
    const session = await open();
    await session.execute('CREATE TABLE long_ago (a int)');
    await session.execute('INSERT INTO long_ago VALUES (1)');
    const { queryId } = session;
    for (let count = 0; count < 11_000; count += 1) await session.execute('SELECT 1');

    expect(await rowsOf(session, 'SELECT count(*) < 10100 FROM sys_query_history')).toEqual([['t']]);
    expect(await rowsOf(session, `SELECT 1 FROM sys_query_detail WHERE query_id = ${queryId}`)).toEqual([]);
  });
});
