import { expect, it } from 'vitest';
import type { Warehouse } from '../../../../src/local/contracts.ts';
import { START_TYPES } from '../../../../src/local/services/dms/change-task.ts';
import { createDmsService } from '../../../../src/local/services/dms/create-dms.ts';
import { DMS_SUPPORT } from '../../../../src/local/services/dms/support.ts';
import { createManualClock } from '../../../fixtures/manual-clock.ts';

it('the table of what DMS does has a row for each operation and kind of start', () => {
  const { operations } = createDmsService({
    tasks: [],
    warehouse: {} as Warehouse,
    bus: { publish: async () => undefined },
    clock: createManualClock(),
  }).service;
  const rows = DMS_SUPPORT.filter(({ field }) => field === undefined).map(({ operation }) => operation);
  const starts = DMS_SUPPORT.filter(({ operation }) => operation === 'StartReplicationTask').map(
    ({ field }) => field,
  );

  expect(rows.toSorted()).toEqual(Object.keys(operations).sort());
  expect(starts).toEqual(expect.arrayContaining([...START_TYPES]));
});
