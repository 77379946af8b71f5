import { afterEach, describe, expect, it } from 'vitest';
import { type HeldTransaction, holdTransaction } from '../../fixtures/held-transaction.ts';
import { INSERT, ORDERS, OWN, useMigrate } from './run-migrate.ts';

const migrate = useMigrate();
const { run } = migrate;
const open = new Set<HeldTransaction>();
// Of a test that has failed: nothing could be taken away while it holds a lock. After hooks run in the reverse order.
afterEach(async () => {
  for (const transaction of open) await transaction.commit();
  open.clear();
});

/** Somebody else's transaction; it ends with the test at the latest. */
async function hold(sql: string): Promise<HeldTransaction> {
  const transaction = await holdTransaction(migrate.world.stack.warehouse, sql);
  open.add(transaction);
  const commit = async () => {
    open.delete(transaction);
    await transaction.commit();
  };
  return { ...transaction, commit };
}

/** A migrate that was killed while a statement of its second file waits, of three; the statement goes on when the lock is gone. */
async function killWhileInserting(): Promise<HeldTransaction> {
  await migrate.world.migrate();
  await migrate.world.write({
    [INSERT]: 'INSERT INTO mart.orders VALUES (1);',
    'V003__last.sql': 'SELECT 1;',
  });
  const held = await hold('LOCK TABLE mart.orders');
  const killed = run();
  await held.untilWaitedFor();
  killed.child.kill('SIGKILL');
  await killed.ended;
  return held;
}

describe('npm run migrate that is interrupted, or finds another one', () => {
  it('is run again after it was killed, waits for what it left running, and applies each file once', async () => {
    const held = await killWhileInserting();

    const again = run();
    await again.prints(`… ${INSERT} of an earlier migrate is still running: waiting for its end`);
    await held.commit();

    const { code, output } = await again.ended;
    expect(code).toBe(0);
    expect(output).toContain('✓ V003__last.sql: applied');
    expect(await migrate.world.history()).toEqual([ORDERS, ...OWN, INSERT, 'V003__last.sql']);
    expect(await migrate.world.query('SELECT count(*) FROM mart.orders')).toEqual([['1']]);
  });

  it('shows with --dry-run what is due when what an earlier one left running has ended', async () => {
    const held = await killWhileInserting();

    const shown = run('--dry-run');
    await shown.prints(`… ${INSERT} of an earlier migrate is still running: waiting for its end`);
    await held.commit();

    const { output } = await shown.ended;
    expect(output.match(/would be applied: .*/g)).toEqual(['would be applied: V003__last.sql']);
  });

  it('tells of a history that somebody else has locked', async () => {
    await migrate.world.migrate();
    const held = await hold('LOCK TABLE elt.schema_history');

    const waiting = run('--dry-run');
    await waiting.prints('… the history is still being read; another session may hold its lock');
    await held.commit();

    expect(await waiting.ended).toMatchObject({
      code: 0,
      output: expect.stringContaining('✓ nothing is due'),
    });
  });

  it('cancels what runs on Ctrl-C, says so, and ends with 130', async () => {
    await migrate.world.migrate();
    await migrate.world.write({ [INSERT]: 'INSERT INTO mart.orders VALUES (1);' });
    const held = await hold('LOCK TABLE mart.orders');
    const stopped = run();
    await held.untilWaitedFor();

    // npm passes on what the terminal has sent already.
    stopped.child.kill('SIGINT');
    await stopped.prints('… stopping: cancelling what runs in the warehouse');
    stopped.child.kill('SIGINT');

    const { code, errors } = await stopped.ended;
    await held.commit();
    expect(code).toBe(130);
    expect(errors).toMatch(
      /^stopped by SIGINT\. MigrationFailed: V002__insert_order\.sql: statement 1 of 1, line 1, .*; nothing of it was applied$/m,
    );
    expect(await migrate.world.query('SELECT count(*) FROM mart.orders')).toEqual([['0']]);
  });
});
