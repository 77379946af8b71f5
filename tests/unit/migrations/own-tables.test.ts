import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import { ownTableMigrations } from '../../../src/migrations/own-tables.ts';
import { fenceTableName } from '../../../src/names/elt-tables.ts';
import { orders } from '../../fixtures/pipeline.ts';

const pipeline = (steps: Record<string, { call: string; commits?: boolean } | { check: string }>) =>
  definePipeline({ name: 'load-many', tasks: ['t'], stagedTables: ['mart.stg'], steps });

describe('ownTableMigrations', () => {
  it('makes a table for each step and grants the runtime user what a fence needs', () => {
    const [fences] = ownTableMigrations([orders], 'IAMR:loader');
    const tables = ['Load_Orders', 'Load_Totals'].map((step) => fenceTableName('load-orders', step));

    expect(fences?.tables).toEqual(tables);
    expect(fences?.statements.at(-1)?.text).toBe(
      `GRANT SELECT, INSERT, UPDATE, DELETE ON elt.${tables[0]}, elt.${tables[1]} TO "IAMR:loader"`,
    );
  });

  it('makes none for checks and for procedures that commit by themselves', () => {
    const steps = { Check: { check: 'orders_are_there' }, Load: { call: 'mart.p', commits: true } };

    const made = ownTableMigrations([pipeline(steps)], 'runtime');

    expect(made.map(({ script }) => script)).toEqual(['record of runs']);
  });

  it('makes one record of runs for all pipelines, to which the runtime user may add', () => {
    const [record] = ownTableMigrations([orders], 'IAMR:loader').filter(
      ({ kind }) => kind === 'record of runs',
    );

    expect(record?.tables).toEqual(['runs']);
    expect(record?.statements.at(-1)?.text).toBe('GRANT SELECT, INSERT ON elt.runs TO "IAMR:loader"');
    expect(ownTableMigrations([], 'runtime')).toEqual([]);
  });

  it('makes no more at once than a transaction takes', () => {
    const names = Array.from({ length: 50 }, (_, index) => `Step_${index}`);
    const steps = Object.fromEntries(names.map((name) => [name, { call: 'mart.p' }]));

    const groups = ownTableMigrations([pipeline(steps)], 'runtime').filter(
      ({ kind }) => kind === 'fence tables',
    );

    expect(groups.map(({ script }) => script)).toEqual([
      'fence tables of load-many',
      'fence tables of load-many (2)',
    ]);
    expect(groups.map(({ statements }) => statements.length)).toEqual([38, 14]);
    expect(groups.flatMap(({ tables }) => tables)).toHaveLength(50);
  });
});
