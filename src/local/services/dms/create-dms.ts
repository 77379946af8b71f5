import type { Clock } from '../../../clock.ts';
import type { EventBus, Service, Warehouse } from '../../contracts.ts';
import { createConnections } from './connections.ts';
import { createTask, type TaskSpec } from './task.ts';
import { createTaskOperations } from './task-operations.ts';

export interface DmsOptions {
  readonly tasks: readonly TaskSpec[];
  readonly warehouse: Warehouse;
  readonly bus: EventBus;
  readonly clock: Clock;
  /** Gets each line of a task's log. @default nobody reads it */
  readonly onLog?: ((task: string, line: string) => void) | undefined;
}

/** The local DMS: full-load tasks that really copy rows between databases of the local warehouse. */
export interface DmsService {
  readonly service: Service;
  /** Resolves when no task runs. */
  idle(): Promise<void>;
  /** Stops what runs, without an event, and waits for it. */
  close(): Promise<void>;
}

/** @throws Error where a task's table mappings or settings are not valid */
export function createDmsService(options: DmsOptions): DmsService {
  const nextDate = createDates(options.clock);
  const tasks = options.tasks.map((spec) => createTask(spec, nextDate()));
  let isClosed = false;
  const bus: EventBus = { publish: async (event) => (isClosed ? undefined : options.bus.publish(event)) };
  const log = options.onLog ?? (() => undefined);
  const context = { warehouse: options.warehouse, bus, nextDate, log };
  const connections = createConnections(context);
  const idle = async () =>
    void (await Promise.all([connections.idle(), ...tasks.map((task) => task.run?.ended)]));
  return {
    service: {
      name: 'dms',
      json: { targetPrefix: 'AmazonDMSv20160101', version: '1.1' },
      operations: createTaskOperations(tasks, connections, context, options.clock),
    },
    idle,
    async close() {
      isClosed = true;
      for (const task of tasks) task.run?.abort.abort();
      await idle();
    },
  };
}

/** Dates of loads must differ even when two of them start within one millisecond: they tell loads apart. */
function createDates(clock: Clock): () => number {
  let last = 0;
  return () => {
    last = Math.max(clock.now(), last + 1);
    return last;
  };
}
