import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../../src/definition/define-pipeline.ts';
import { auditedColumns, judgeAuditedColumns } from '../../../../src/preflight/warehouse/audited-columns.ts';

const audited = auditedColumns([
  definePipeline({
    name: 'sales',
    tasks: ['sales-task'],
    stagedTables: ['mart.fact_stg'],
    steps: {
      Load: {
        call: 'mart.sp_load',
        audit: [
          { unique: 'mart.fact', columns: ['id'] },
          { notNull: 'mart.fact', columns: ['id', 'day'] },
          { references: 'mart.fact', columns: ['customer'], to: 'mart.dim', key: ['key'] },
          { accepted: 'mart.fact', column: 'kind', values: ['a'] },
          { rows: 'mart.fact', min: 1 },
        ],
      },
    },
  }),
]);
const judge = (columns: Readonly<Record<string, readonly string[]>>) =>
  judgeAuditedColumns(audited, new Map(Object.entries(columns)), 'npm run migrate');

describe('columns that audits name', () => {
  it('are fine where their tables have them, and unknown where the catalog shows no column', () => {
    expect(judge({ 'mart.fact': ['id', 'day', 'customer', 'kind'], 'mart.dim': ['key'] })).toEqual([]);
    expect(judge({})).toEqual([]);
  });

  it('are each told of where they are missing, with what the table has', () => {
    const found = judge({ 'mart.fact': ['id', 'customer'], 'mart.dim': ['id'] });

    expect(found.map(({ what }) => what.replace(/, which .*/, ''))).toEqual([
      'mart.fact has no column day',
      'mart.dim has no column key',
      'mart.fact has no column kind',
    ]);
    expect(found[0]).toMatchObject({
      id: 'column-missing',
      where: { pipeline: 'sales', step: 'Load', object: 'mart.fact' },
      what: expect.stringMatching(/It has id, customer\.$/),
      repair: expect.stringContaining('npm run migrate'),
    });
  });
});
