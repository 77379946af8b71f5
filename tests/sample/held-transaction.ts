import pg from 'pg';
import { expect } from 'vitest';
import type { Warehouse } from '../../src/local/contracts.ts';

/** A transaction of somebody else's that is open, and holds what it has touched. */
export interface HeldTransaction {
  /** Resolves when another transaction waits for this one. */
  untilWaitedFor(): Promise<void>;
  commit(): Promise<void>;
}

export async function holdTransaction(warehouse: Warehouse, sql: string): Promise<HeldTransaction> {
  const client = new pg.Client(warehouse.connection('dev', 'owner'));
  await client.connect();
  await client.query('BEGIN');
  await client.query(sql);
  const waiting = async () => {
    const { rows } = await client.query('SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted');
    return rows[0].waiting;
  };
  return {
    untilWaitedFor: () => expect.poll(waiting, { timeout: 10_000, interval: 20 }).toBeGreaterThan(0),
    commit: async () => {
      await client.query('COMMIT');
      await client.end();
    },
  };
}
