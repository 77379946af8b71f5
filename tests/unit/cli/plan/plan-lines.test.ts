import { describe, expect, it } from 'vitest';
import { planLines } from '../../../../src/cli/plan/plan-lines.ts';
import { treeLines } from '../../../../src/cli/plan/tree-lines.ts';
import { inParallel, inSeries, type StepLeaf } from '../../../../src/compile/schedule/step-tree.ts';
import type { Plan } from '../../../../src/plan/plan.ts';
import { compare, PIPELINE, withSteps } from '../../../fixtures/plan/compared.ts';

const step = (name: string): StepLeaf => ({ kind: 'step', name });
const planOf = (compared: ReturnType<typeof compare>): Plan => ({
  ...{ against: 'stage test', migrations: [], alive: [], failed: [] },
  ...compared,
});

describe('the lines of a plan', () => {
  it('say first what pipelines do otherwise, the worst first, and count by class', () => {
    const after = withSteps((steps) => ({
      ...steps,
      Load_Totals: { ...steps.Load_Totals, timeoutSeconds: 60, retry: { attempts: 9 } },
    }));
    const plan = planOf(compare([PIPELINE], [after]));

    expect(planLines({ ...plan, alive: [{ pipeline: 'load-orders', name: 'a-run' }] }, 72)).toEqual([
      'what this tree would change: stage test',
      '',
      'Pipelines',
      '  load-orders',
      '    ! Load_Totals: may run 60 s, in place of 21600',
      '      → changes results: a statement that took longer than that is',
      '        cancelled, and its run fails',
      '    · Load_Totals: is submitted 9 times at most, in place of 4',
      '      → harmless: the fence lets no attempt take effect twice',
      '',
      'Runs that are alive end with the definition that they began with',
      '  – load-orders: a-run',
      '',
      expect.stringMatching(/^Cost: USD [\d.]+ a month, as before\. That is without DMS and Redshift, if$/),
      '  each pipeline runs once a night',
      '',
      '! 1 changes results, 1 harmless',
    ]);
  });

  it('say that there is nothing, and what was not looked at', () => {
    const plan = planOf(compare([PIPELINE], [PIPELINE]));

    const lines = planLines({ ...plan, notLookedAt: ['the moon'], failed: ['the sun. It is night'] }, 80);

    expect(lines.slice(-3)).toEqual([
      '? not looked at: the sun. It is night',
      '– not looked at: the moon',
      '✓ nothing: this tree is what is deployed',
    ]);
  });

  it('show controls in names as what they are', () => {
    const plan = planOf(compare([PIPELINE], [PIPELINE]));
    const what = 'is \u001b[31mred';

    const lines = planLines(
      {
        ...plan,
        resources: [{ kind: 'comments', class: 'harmless', where: { object: 'X' }, what, because: 'y' }],
      },
      80,
    );

    expect(lines).toContain('  · X: is ⟨U+001B⟩[31mred');
  });
});

describe('the drawing of a pipeline', () => {
  it('has a lane for each branch, within the columns', () => {
    const tree = inSeries([
      step('Check'),
      inParallel([inSeries([step('Load_A'), step('Load_B')]), step('Load_C')]),
      step('Totals'),
    ]);

    expect(treeLines(tree, (name) => `calls dbo.sp_${name.toLowerCase()} with many arguments`, 36)).toEqual([
      '● Check     calls dbo.sp_check with…',
      '┌ 2 side by side',
      '│ ● Load_A  calls dbo.sp_load_a wit…',
      '│ ● Load_B  calls dbo.sp_load_b wit…',
      '├',
      '│ ● Load_C  calls dbo.sp_load_c wit…',
      '└ when all have ended',
      '● Totals    calls dbo.sp_totals wit…',
    ]);
  });
});
