import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeFence } from '../../../src/simulation/warehouse/fence.ts';

const call = {
  fence_table: 'fence_x',
  load_id: 'load-2',
  load_started_at: '2026-01-02',
  staged_rows: 'staging.sales=3,staging.stock=5',
};
const rows: Readonly<Record<string, number>> = { 'staging.sales': 3, 'staging.stock': 5 };
const judge = (entries: Parameters<typeof judgeFence>[0], staged = rows) =>
  judgeFence(entries, call, (table) => staged[table] ?? 0);

describe('judgeFence', () => {
  it('records a load that is neither done nor stale, and whose staging is as it was verified', () => {
    expect(judge([])).toBeUndefined();
    expect(judge([{ loadId: 'load-1', loadStartedAt: '2026-01-01' }])).toBeUndefined();
  });

  it.each([
    ['ELT_DONE', [{ loadId: 'load-2', loadStartedAt: '2026-01-02' }], rows],
    ['ELT_STALE', [{ loadId: 'load-3', loadStartedAt: '2026-01-03' }], rows],
    ['ELT_STAGING', [], { ...rows, 'staging.stock': 4 }],
  ])('raises %s', (error, entries, staged) => {
    expect(judge(entries, staged)).toMatch(new RegExp(`^${error}:`));
  });

  it('raises what the real procedure raises, in its order', () => {
    const sql = readFileSync(
      new URL('../../../sql/migrations/R__procedure_fence.sql', import.meta.url),
      'utf8',
    );

    const raised = [...sql.matchAll(/RAISE EXCEPTION '(ELT_\w+):/g)].map(([, name]) => name);

    expect(raised).toEqual(['ELT_DONE', 'ELT_STALE', 'ELT_STAGING']);
  });
});
