import { describe, expect, it } from 'vitest';
import { describeOutcome } from '../../../src/cli/describe-outcome.ts';
import { classifyTables } from '../../../src/cli/table-counts.ts';
import { orders } from '../../fixtures/pipeline.ts';

const SUCCEEDED = { executionArn: 'arn:run', status: 'SUCCEEDED' } as const;
const items = {
  ...orders,
  name: 'load-items',
  stagedTables: [{ table: 'mart.items_stg', source: null, minRows: 0 }],
};

describe('the tables of a pipeline', () => {
  it('are its staged ones and those of production, not what only another pipeline stages', () => {
    const names = ['mart.items_stg', 'mart.orders', 'mart.orders_stg'];

    expect(classifyTables(names, orders, [orders, items])).toEqual([
      { table: 'mart.orders', kind: 'production' },
      { table: 'mart.orders_stg', kind: 'staged' },
    ]);
  });
});

describe('the outcome of a run that has succeeded', () => {
  const tables = [
    { table: 'mart.orders', rows: 0, kind: 'production' },
    { table: 'mart.orders_stg', rows: 7, kind: 'staged' },
  ] as const;

  it('names a table of production in which nothing arrived', () => {
    const lines = describeOutcome(SUCCEEDED, tables, [orders]);

    expect(lines).toContain(
      '! Nothing arrived in mart.orders: it has 0 rows, although rows were staged (7 in mart.orders_stg).',
    );
    expect(lines.join('\n')).toContain('The run is green all the same');
  });

  it('does not blame a pipeline for what may be another one’s', () => {
    const lines = describeOutcome(SUCCEEDED, tables, [orders, items]);

    expect(lines.join('\n')).toContain('Unless another pipeline fills it');
  });
});
