import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { compare, DEFINITION, PIPELINE, withSteps } from '../../fixtures/plan/compared.ts';

/** `class kind step` of each change in the pipelines’ words. */
function wordsOf(after: readonly Pipeline[], before: readonly Pipeline[] = [PIPELINE]): readonly string[] {
  return compare(before, after).pipelines.map(({ class: ofClass, kind, where }) =>
    [`${ofClass}:`, kind, where.step ?? where.object ?? ''].join(' ').trim(),
  );
}

type Steps = typeof DEFINITION.steps;
const totals = ({ Load_Totals }: Steps) => Load_Totals;
const withTotals = (change: object) =>
  withSteps((steps) => ({ ...steps, Load_Totals: { ...totals(steps), ...change } }));

describe('what a pipeline does otherwise', () => {
  it.each<[string, Pipeline, readonly string[]]>([
    [
      'a step more',
      withSteps((steps) => ({ ...steps, Load_Days: { call: 'mart.sp_load_days' } })),
      ['changes results: step-added Load_Days'],
    ],
    [
      'a step less',
      withSteps(({ Load_Lines: _, ...steps }) => ({
        ...steps,
        Load_Totals: { ...steps.Load_Totals, after: ['Load_Orders'] },
      })),
      ['changes results: step-gone Load_Lines'],
    ],
    [
      'a step of another name',
      withSteps(({ Load_Orders, Load_Lines, ...steps }) => ({
        Load_Heads: Load_Orders,
        Load_Lines: { ...Load_Lines, after: ['Load_Heads'] },
        ...steps,
      })),
      ['changes results: step-renamed Load_Heads'],
    ],
    [
      'steps that no longer wait for each other',
      withSteps((steps) => ({ ...steps, Load_Lines: { call: 'mart.sp_load_lines' } })),
      ['changes results: order-freed Load_Lines'],
    ],
    [
      'another procedure',
      withTotals({ call: 'mart.sp_load_sums' }),
      ['changes results: procedure-changed Load_Totals'],
    ],
    [
      'other arguments',
      withTotals({ call: { procedure: 'mart.sp_load_totals', args: ['2027'] } }),
      ['changes results: arguments-changed Load_Totals'],
    ],
    [
      'an audit less',
      withTotals({ audit: totals(DEFINITION.steps).audit.slice(1) }),
      ['changes results: audit-gone Load_Totals'],
    ],
    [
      'an audit more',
      withTotals({
        audit: [{ notNull: 'mart.totals', columns: ['day'] }, ...totals(DEFINITION.steps).audit],
      }),
      ['changes results: audit-added Load_Totals'],
    ],
    [
      'an audit that only warns',
      withTotals({
        audit: [
          { unique: 'mart.totals', columns: ['day'], severity: 'warn' },
          totals(DEFINITION.steps).audit[1],
        ],
      }),
      ['changes results: severity-lowered Load_Totals'],
    ],
    [
      'an audit with another bound',
      withTotals({
        audit: [totals(DEFINITION.steps).audit[0], { rows: 'mart.totals', min: 9, severity: 'warn' }],
      }),
      ['changes results: audit-changed Load_Totals'],
    ],
    [
      'the first audits gone',
      withTotals({ audit: [] }),
      ['changes results: audit-gone Load_Totals', 'changes results: audit-gone Load_Totals'],
    ],
    ['less time', withTotals({ timeoutSeconds: 60 }), ['changes results: timeout-shorter Load_Totals']],
    ['more time', withTotals({ timeoutSeconds: 86_400 }), ['harmless: timeout-longer Load_Totals']],
    [
      'fewer attempts',
      withTotals({ retry: { attempts: 1 } }),
      ['changes results: attempts-fewer Load_Totals'],
    ],
    ['more attempts', withTotals({ retry: { attempts: 9 } }), ['harmless: attempts-more Load_Totals']],
    [
      'fewer failures that are tried again',
      withTotals({ retry: { on: ['conflict'] } }),
      ['changes results: retry-less Load_Totals'],
    ],
    [
      'another staged table',
      definePipeline({ ...DEFINITION, stagedTables: [DEFINITION.stagedTables[0], 'mart.rows_stg'] }),
      ['changes results: staged-gone', 'changes results: staged-added'],
    ],
    [
      'other least rows',
      definePipeline({
        ...DEFINITION,
        stagedTables: [{ ...DEFINITION.stagedTables[0], minRows: 0 }, DEFINITION.stagedTables[1]],
      }),
      ['changes results: staged-changed'],
    ],
    [
      'other tables that may fail',
      definePipeline({ ...DEFINITION, otherTables: 'ignore' }),
      ['changes results: other-tables-changed'],
    ],
    [
      'hours that a load counts',
      definePipeline({ ...DEFINITION, windowHours: 5 }),
      ['changes results: hours-changed'],
    ],
    [
      'a deadline',
      definePipeline({ ...DEFINITION, deadline: { at: '06:30', timezone: 'Europe/Berlin' } }),
      ['harmless: deadline-changed'],
    ],
    [
      'steps that publish together',
      definePipeline({ ...DEFINITION, publish: { Orders: ['Load_Orders', 'Load_Lines'] } }),
      expect.arrayContaining(['changes results: step-gone Load_Orders']),
    ],
    [
      'another task',
      definePipeline({ ...DEFINITION, tasks: ['other-task'] }),
      [
        'changes results: staged-changed',
        'changes results: staged-changed',
        'changes results: trigger-added OTHER-TASK',
        'changes results: trigger-gone ORDERS-TASK',
      ],
    ],
    [
      'another name',
      definePipeline({ ...DEFINITION, name: 'load-sales' }),
      ['cannot be undone: pipeline-renamed'],
    ],
  ])('is told of %s', (_title, after, expected) => {
    expect(wordsOf([after])).toEqual(expected);
  });

  it('is told of a pipeline that is new, and of one that is gone', () => {
    const other = definePipeline({
      ...DEFINITION,
      name: 'load-stock',
      stagedTables: ['mart.stock_stg'],
      steps: { Load_Stock: { call: 'mart.sp_load_stock' } },
    });

    expect(wordsOf([PIPELINE, other])).toEqual(['changes results: pipeline-added']);
    expect(wordsOf([PIPELINE], [PIPELINE, other])).toEqual(['cannot be undone: pipeline-gone']);
  });

  it('is nothing for the same pipeline', () => {
    expect(compare([PIPELINE], [PIPELINE])).toMatchObject({
      pipelines: [],
      resources: [],
      permissions: { widened: [], narrowed: [] },
      notLookedAt: [],
    });
  });
});
