import type { Warehouse } from '../contracts.ts';
import { DATABASES } from './bootstrap/bootstrap.ts';

/** A warehouse that is being started: what is asked of it waits until it is there, or fails as its start did. */
export function startingWarehouse(starting: Promise<Warehouse>): Warehouse {
  // Whoever asks is told; that nobody does is no error.
  starting.catch(() => {});
  return {
    databases: DATABASES,
    // One that never was cannot be lost.
    lost: starting.then(
      ({ lost }) => lost,
      () => new Promise(() => {}),
    ),
    open: async (database, user) => (await starting).open(database, user),
    connection: async (database, user) => (await starting).connection(database, user),
    close: () =>
      starting.then(
        (warehouse) => warehouse.close(),
        () => {},
      ),
  };
}
