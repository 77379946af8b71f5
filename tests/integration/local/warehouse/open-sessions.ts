import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Session, SessionSettings, Warehouse } from '../../../../src/local/contracts.ts';
import { createWarehouse, type WarehouseOptions } from '../../../../src/local/warehouse/create-warehouse.ts';

/** A warehouse for the tests of one file, whose sessions are closed after each test. */
export function useWarehouse(options: WarehouseOptions = {}) {
  const opened: Session[] = [];
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await createWarehouse(options);
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((session) => session.close()));
  });
  afterAll(() => warehouse.close());
  return {
    warehouse: () => warehouse,
    async open(user = 'owner', database = 'dev', settings: SessionSettings = {}): Promise<Session> {
      const session = await warehouse.open(database, user, settings);
      opened.push(session);
      return session;
    },
  };
}

/** Resolves when the server process of `session` waits for a lock, as `watcher` sees it. */
export async function untilItWaits(session: Session, watcher: Session): Promise<void> {
  for (;;) {
    const { rows } = await watcher.execute(
      `SELECT wait_event_type FROM pg_catalog.pg_stat_activity WHERE pid = ${session.pid}`,
    );
    if (rows?.[0]?.[0] === 'Lock') return;
  }
}
