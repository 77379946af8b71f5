import { describe, expect, it } from 'vitest';
import { describeNoRun, describeOutcome } from '../../../src/cli/screen/describe-outcome.ts';
import { classifyTables, type TableCount } from '../../../src/cli/screen/table-counts.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { readRun } from '../../../src/run-history/read-run.ts';
import { orders } from '../../fixtures/pipeline.ts';

const SUCCEEDED = readRun(orders, [{ id: 1, type: 'ExecutionSucceeded' }]);
const items = {
  ...orders,
  name: 'load-items',
  stagedTables: [
    { table: 'mart.items_stg', source: null, task: null, minRows: 0, columns: null, extra: 'fail' as const },
  ],
};

describe('the tables of a pipeline', () => {
  it('are its staged ones and those of production, not what only another pipeline stages', () => {
    const names = ['mart.items_stg', 'mart.orders', 'mart.orders_stg'];

    expect(classifyTables(names, orders, [orders, items])).toEqual([
      { table: 'mart.orders', kind: 'production' },
      { table: 'mart.orders_stg', kind: 'staged' },
    ]);
  });

  it('are not those in a schema in which only another pipeline stages', () => {
    const elsewhere = {
      ...items,
      stagedTables: items.stagedTables.map((item) => ({ ...item, table: 'erp.items_stg' })),
    };
    const names = ['erp.items', 'erp.items_stg', 'mart.orders', 'other.totals'];

    expect(classifyTables(names, orders, [orders, elsewhere]).map(({ table }) => table)).toEqual([
      'mart.orders',
      'other.totals',
    ]);
    expect(classifyTables(names, orders, [orders]).map(({ table }) => table)).toContain('erp.items');
  });
});

const outcomeOf = (run: typeof SUCCEEDED, tables: readonly TableCount[], pipelines: readonly Pipeline[]) =>
  describeOutcome(run, {
    tables,
    pipelines,
    columns: 80,
    hints: ['npm run again'],
    tryNext: ['npm run more'],
  });

describe('the outcome of a run that has succeeded', () => {
  const tables = [
    { table: 'mart.orders', rows: 0, kind: 'production' },
    { table: 'mart.orders_stg', rows: 7000, kind: 'staged' },
  ] as const;

  it('names a table of production in which nothing arrived', () => {
    const lines = outcomeOf(SUCCEEDED, tables, [orders]);

    expect(lines).toContain(
      '! Nothing arrived in mart.orders: it has 0 rows, although rows were staged (7,000 in mart.orders_stg).',
    );
    expect(lines.join('\n')).toContain('The run succeeded all the same');
  });

  it('does not blame a pipeline for what may be another one’s', () => {
    const lines = outcomeOf(SUCCEEDED, tables, [orders, items]);

    expect(lines.join('\n')).toContain('Unless another pipeline fills it');
  });

  it('shows the rows of each table in groups of three digits', () => {
    const lines = outcomeOf(SUCCEEDED, tables, [orders]);

    expect(lines).toContain('  mart.orders_stg  7,000 rows  staged');
    expect(lines).toContain('  mart.orders          0 rows  production');
  });
});

describe('the outcome of a run that did nothing', () => {
  it('says why, and shows no tables as if they were its own', () => {
    const output = JSON.stringify({ outcome: 'superseded', reason: 'a newer load began' });
    const run = readRun(orders, [
      { id: 1, type: 'ExecutionSucceeded', executionSucceededEventDetails: { output } },
    ]);

    const text = outcomeOf(run, [], [orders]).join(' ').replaceAll(/\s+/g, ' ');

    expect(text).toContain('the run was superseded and has done nothing: a newer load began');
    expect(text).toContain('Superseded runs send no notification');
    expect(text).not.toContain('SUCCEEDED');
  });
});

describe('the outcome of a load that started no run', () => {
  it('is what start-run said', () => {
    const lines = describeNoRun(['start-run: waiting: no load of task b yet'], 80);

    expect(lines).toEqual([
      '✗ the load has ended, but no run was started',
      '  start-run: waiting: no load of task b yet',
      '  npm start -- --verbose shows what the functions logged',
    ]);
  });
});
