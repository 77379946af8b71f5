import { describe, expect, it } from 'vitest';
import { ENGINE_SUPPORT } from '../../../src/local/engine/support.ts';
import { supportTable } from '../../../src/local/support-table.ts';
import { WAREHOUSE_SUPPORT } from '../../../src/local/warehouse/support.ts';

describe('a table of what is supported', () => {
  it('has a row a line, and one for each operation that a line names', () => {
    const rows = supportTable(`
      Send, Receive | Body | partial | Up to 1 MiB.
      Delete | | supported |
    `);

    expect(rows).toEqual([
      { operation: 'Send', field: 'Body', status: 'partial', note: 'Up to 1 MiB.' },
      { operation: 'Receive', field: 'Body', status: 'partial', note: 'Up to 1 MiB.' },
      { operation: 'Delete', status: 'supported' },
    ]);
  });

  it('refuses a status that there is not', () => {
    expect(() => supportTable('Send | | sometimes |')).toThrow('Send : sometimes is no status');
  });

  it('knows three statuses of the engine and the warehouse', () => {
    const statuses = new Set([...ENGINE_SUPPORT, ...WAREHOUSE_SUPPORT].map(({ status }) => status));

    expect(statuses).toEqual(new Set(['supported', 'differs', 'refused']));
  });
});
