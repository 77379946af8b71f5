import { busEvent } from '../../src/local/parts.ts';
import { dataApiOperations, dmsOperations } from '../../src/simulation/aws/operations.ts';
import { createWholeClock } from '../../src/simulation/create-ground.ts';
import { createModelTask } from '../../src/simulation/dms/dms-task.ts';
import type { LoadContext } from '../../src/simulation/dms/run-load.ts';
import type { Faults } from '../../src/simulation/faults.ts';
import { createRandomStream } from '../../src/simulation/random-stream.ts';
import { createDataApiModel } from '../../src/simulation/warehouse/data-api.ts';
import { REAL_TRANSACTION } from '../../src/simulation/warehouse/run-transaction.ts';
import { createModelWarehouse } from '../../src/simulation/warehouse/warehouse.ts';
import type { DataApiStage } from './data-api-stage.ts';
import { type DmsStage, LOADED_TABLES, TASKS } from './dms-stage.ts';
import { clientsFor, NO_FAULTS } from './model-clients.ts';
import { AUDIT_NAME, auditTableOf, fenceOf } from './warehouse-steps.ts';

/** The simulation's Data API over its warehouse, in virtual time. */
export async function modelDataApi(): Promise<DataApiStage> {
  const clock = createWholeClock();
  const warehouse = createModelWarehouse();
  const random = createRandomStream(1, 'conformance');
  const dataApi = createDataApiModel(
    { warehouse, clock, faults: NO_FAULTS, random, rules: REAL_TRANSACTION, log: () => {} },
    () => {},
  );
  const { api } = clientsFor(dataApiOperations(dataApi, clock.now));
  return {
    api,
    fill: async (table, rows) => void Object.assign(warehouse.table(table), { rows }),
    async hold(table) {
      const owner = {};
      await warehouse.locks.acquire(table, 'exclusive', owner);
      return async () => warehouse.locks.release(owner);
    },
    applied: async (step) =>
      warehouse.effects.filter(({ fenceTable }) => fenceTable === fenceOf(step)).map(({ loadId }) => loadId),
    spoil: async (step, load, rows) =>
      warehouse.wrongRows.spoil(auditTableOf(step), AUDIT_NAME, `load-${load}`, rows),
    repair: async (load) => warehouse.wrongRows.repair(`load-${load}`),
    pass: (ms) => clock.sleep(ms),
    close: async () => {},
  };
}

/** The simulation's DMS over its warehouse, in virtual time. */
export async function modelDms(): Promise<DmsStage> {
  const clock = createWholeClock();
  const warehouse = createModelWarehouse();
  const events: DmsStage['events'][number][] = [];
  const staged = (task: string, table: string) => `${task}.${table}`;
  const tasks = Object.values(TASKS).map((identifier) =>
    createModelTask(
      `arn:aws:dms:us-east-1:000000000000:task:${identifier.toUpperCase()}`,
      identifier,
      LOADED_TABLES.map((name) => ({ name, staged: staged(identifier, name) })),
    ),
  );
  const context: LoadContext = {
    ...{ clock, warehouse, faults: faultsOfTasks(), random: createRandomStream(1, 'conformance') },
    publish: (event) => void events.push(busEvent({ ...event, id: 'event', time: clock.now() })),
    onChange: () => {},
    log: () => {},
  };
  const { dms } = clientsFor(dmsOperations(context, tasks, clock.now));
  return {
    dms,
    events,
    staged,
    rowsOf: async (table) => warehouse.table(table).rows,
    async hold(table) {
      const owner = {};
      await warehouse.locks.acquire(table, 'exclusive', owner);
      return async () => warehouse.locks.release(owner);
    },
    async untilEnded() {
      while (tasks.some(({ run }) => run !== undefined)) await clock.sleep(1_000);
    },
    close: async () => {},
  };
}

/** One task cannot load its second table the first time, one fails whenever it is started. */
function faultsOfTasks(): Faults {
  let task = '';
  let isPending = true;
  return {
    ...NO_FAULTS,
    strike([kind], what) {
      if (kind === 'load-failed') {
        task = what;
        return what === TASKS.failing ? { kind, occurrence: 1, amount: 0 } : undefined;
      }
      if (task !== TASKS.partial || what !== LOADED_TABLES[1] || !isPending) return undefined;
      isPending = false;
      return { kind: 'table-error', occurrence: 1, amount: 0 };
    },
  };
}
