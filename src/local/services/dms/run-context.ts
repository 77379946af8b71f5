import type { EventBus, Warehouse } from '../../contracts.ts';

/** What a running task needs of the world. */
export interface RunContext {
  readonly warehouse: Warehouse;
  readonly bus: EventBus;
  /** Epoch milliseconds, every one later than the one before. */
  readonly nextDate: () => number;
  /** Gets each line of a task's log: what DMS writes to CloudWatch Logs, and no answer of it says. */
  readonly log: (task: string, line: string) => void;
}

/** The database user of DMS. */
export const DMS_USER = 'dms';
