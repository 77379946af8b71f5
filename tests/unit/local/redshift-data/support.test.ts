import * as sdk from '@aws-sdk/client-redshift-data';
import { describe, expect, it } from 'vitest';
import type { Support } from '../../../../src/local/contracts.ts';
import * as requests from '../../../../src/local/services/redshift-data/operation/requests.ts';
import { createRedshiftDataService } from '../../../../src/local/services/redshift-data/redshift-data.ts';
import { REDSHIFT_DATA_SUPPORT } from '../../../../src/local/services/redshift-data/support.ts';
import { createFakeWarehouse } from '../../../fixtures/fake-warehouse.ts';
import { createManualClock } from '../../../fixtures/manual-clock.ts';

const { service } = createRedshiftDataService({
  warehouse: createFakeWarehouse(),
  clock: createManualClock(),
  ids: () => '',
  bus: { publish: async () => {} },
  clusters: [],
  workgroups: [],
});
const schemas = new Map(Object.entries(requests));
const names = (lines: readonly Support[]) => [...new Set(lines.map(({ operation }) => operation))].sort();

describe('the support table', () => {
  it('has a line for every operation of the API', () => {
    const commands = Object.keys(sdk).flatMap((name) => /^(\w+)Command$/.exec(name)?.[1] ?? []);

    expect(names(REDSHIFT_DATA_SUPPORT)).toEqual(commands.filter((name) => !name.startsWith('$')).sort());
  });

  it('names the operations that the service has', () => {
    const supported = REDSHIFT_DATA_SUPPORT.filter(({ field, status }) => !field && status !== 'refused');

    expect(names(supported)).toEqual(Object.keys(service.operations).sort());
  });

  it.each(Object.keys(service.operations))('names every field of %s', (operation) => {
    const schema = schemas.get(`${operation}Schema`);
    const lines = REDSHIFT_DATA_SUPPORT.filter((line) => line.operation === operation && line.field);

    expect(lines.map(({ field }) => field).sort()).toEqual(Object.keys(schema?.shape ?? {}).sort());
  });
});
