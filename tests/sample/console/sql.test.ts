import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSql } from '../../../src/console/actions/run-sql.ts';
import { renderAnswer } from '../../../src/console/pages/sql-page.ts';
import { type ConsoleStack, startConsoleStack } from './console-stack.ts';

let reading: ConsoleStack;
let writing: ConsoleStack;
beforeAll(async () => {
  reading = await startConsoleStack();
  writing = await startConsoleStack({ mayWrite: true });
});
afterAll(() => Promise.all([reading.close(), writing.close()]));

const run = async (stack: ConsoleStack, sql: string, user = 'owner') =>
  (await stack.post('/console/sql', { sql, user })).body;

const rowsOf = (html: string) => (html.match(/<tr>/g)?.length ?? 1) - 1;

describe('the SQL page', () => {
  it('shows the rows of a query as text', async () => {
    const body = await run(
      reading,
      `SELECT '<script>alert(1)</script>' AS "<b>", NULL AS nothing, 7 AS number`,
    );

    expect(body).toContain('<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>');
    expect(body).toContain('<bdi>&lt;b&gt;</bdi>');
    expect(body).toContain('<span class="none">NULL</span>');
    expect(body).toContain('<h2>1 row</h2>');
  });

  it('shows 200 rows at most, and says how many there are', async () => {
    const body = await run(reading, 'SELECT * FROM generate_series(1, 1234)');

    expect(rowsOf(body)).toBe(200);
    expect(body).toContain('The first 200 of 1,234 rows');
  });

  it('shows an error in the words of the warehouse', async () => {
    expect(await run(reading, 'SELECT * FROM dbo.nothing')).toContain(
      'ERROR: relation &quot;dbo.nothing&quot; does not exist',
    );
    expect(await run(reading, '')).toContain('ERROR: ');
    expect(await run(reading, 'SELECT repeat(repeat($$x$$, 1000), 17000)')).toContain('ERROR: ');
  });

  it('runs as the user that is chosen, and as owner where there is no such user', async () => {
    expect(await run(reading, 'SELECT current_user', 'dms')).toContain('<bdi>dms</bdi>');
    expect(await run(reading, 'SELECT current_user', 'postgres')).toContain('<bdi>owner</bdi>');
  });

  it.each([
    "INSERT INTO dbo.dim_cust_key (cust_id) VALUES ('x')",
    "COMMIT; INSERT INTO dbo.dim_cust_key (cust_id) VALUES ('x')",
    'SET TRANSACTION READ WRITE',
    'TRUNCATE dbo.customer_stg',
    'CALL dbo.sp_load_cust_dim()',
    "SELECT set_config('transaction_read_only', 'off', false)",
    'CREATE TABLE dbo.mine (n int)',
  ])('only reads: %s', async (sql) => {
    expect(await run(reading, sql)).toContain('ERROR: ');
  });

  it('writes where it was allowed to', async () => {
    expect(await run(writing, 'CREATE TABLE dbo.mine (n int)')).toContain('CREATE TABLE done');
    expect(await run(writing, 'INSERT INTO dbo.mine VALUES (1), (2)')).toContain('2 rows changed');
    expect(await run(reading, 'SELECT * FROM dbo.mine')).toContain('does not exist');
    expect(await run(writing, 'SELECT * FROM dbo.mine')).toContain('2 rows');
  });

  it('cancels what takes too long, and what nobody waits for any more', async () => {
    const { warehouse } = reading.sample.stack;
    const request = { sql: 'SELECT pg_sleep(3600)', user: 'owner', mayWrite: false };
    const leaving = new AbortController();
    leaving.abort();

    const late = await runSql(warehouse, { ...request, limitMs: 50, signal: new AbortController().signal });
    const left = await runSql(warehouse, { ...request, limitMs: 3_600_000, signal: leaving.signal });

    expect(late).toMatchObject({ error: expect.stringContaining('cancelled'), isLate: true });
    expect(left).toMatchObject({ error: expect.stringContaining('cancelled'), isLate: false });
  });

  it('says that it cancelled a statement', async () => {
    expect(renderAnswer({ error: 'ERROR: x', ms: 30_000, isLate: true })).toContain('it may take 30 seconds');
  });
});
