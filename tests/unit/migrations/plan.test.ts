import { describe, expect, it } from 'vitest';
import type { WarehouseState } from '../../../src/migrations/history.ts';
import type { Migration } from '../../../src/migrations/migration.ts';
import { ownTableMigrations } from '../../../src/migrations/own-tables.ts';
import { parseMigration } from '../../../src/migrations/parse-migration.ts';
import { planMigrations } from '../../../src/migrations/plan.ts';
import { orders } from '../../fixtures/pipeline.ts';

const USERS = { owner: 'owner', runtime: 'runtime', dms: 'dms' };
const file = (name: string, text = 'SELECT 1;') => parseMigration(name, text, USERS);
const fences = ownTableMigrations([orders], 'runtime');

const having = (...applied: readonly Migration[]): WarehouseState => ({
  hasSchema: true,
  history: '1',
  tables: new Set(fences.flatMap(({ tables }) => tables)),
  entries: applied,
});
const plan = (files: readonly Migration[], state: WarehouseState, wanted = fences) =>
  planMigrations({ files, own: wanted, last: [] }, state).map(({ script }) => script);

const [one, two, grants] = [file('V1__one.sql'), file('V2__two.sql'), file('R__grants.sql')];

describe('planMigrations', () => {
  it('plans everything for an empty warehouse, fence tables between versions and repeatables', () => {
    const empty: WarehouseState = { hasSchema: false, history: '', tables: new Set(), entries: [] };

    expect(plan([one, two, grants], empty)).toEqual([
      'V1__one.sql',
      'V2__two.sql',
      'fence tables of load-orders',
      'record of runs',
      'R__grants.sql',
    ]);
  });

  it('plans nothing that is applied', () => {
    expect(plan([one, grants], having(one, ...fences, grants))).toEqual([]);
  });

  it('plans a repeatable whose last application was of another content', () => {
    const other = file('R__grants.sql', 'SELECT 2;');

    expect(plan([one, grants], having(one, ...fences, grants, other))).toEqual(['R__grants.sql']);
    expect(plan([one, grants], having(one, ...fences, other, grants))).toEqual([]);
  });

  it('plans fence tables again for another runtime user, or when one is missing', () => {
    const renamed = ownTableMigrations([orders], 'IAMR:loader');
    const state = having(one, ...fences);

    expect(plan([one], state, renamed)).toEqual(['fence tables of load-orders', 'record of runs']);
    expect(plan([one], { ...state, tables: new Set() })).toEqual([
      'fence tables of load-orders',
      'record of runs',
    ]);
  });

  it('leaves a repeatable that is gone to itself', () => {
    expect(plan([one], having(one, ...fences, grants))).toEqual([]);
  });

  it.each([
    [
      'a version that was changed',
      [file('V1__one.sql', 'SELECT 2;'), two],
      'V1__one.sql: was changed after it was applied',
    ],
    [
      'a version that is missing',
      [two],
      'V1__one.sql: was applied, but the file is missing now. Bring it back',
    ],
    [
      'a version that was renamed',
      [file('V01__uno.sql'), two],
      'V01__uno.sql: version 1 was applied as V1__one.sql',
    ],
    [
      'a version below one that is applied',
      [one, file('V1.5__late.sql'), two],
      'V1.5__late.sql: its version is below that of V2__two.sql, which is applied. Give it a version above 2',
    ],
  ])('refuses %s', (_, files, message) => {
    expect(() => plan(files, having(one, two))).toThrow(message);
  });
});
