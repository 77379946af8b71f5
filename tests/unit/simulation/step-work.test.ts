import { describe, expect, it } from 'vitest';
import { PIPELINE_CATALOG } from '../../../src/simulation/plan/pipeline-catalog.ts';
import { judgeAudits, readStepWork, runAudits } from '../../../src/simulation/warehouse/step-work.ts';
import { createModelWarehouse } from '../../../src/simulation/warehouse/warehouse.ts';
import { compileStep } from '../../../src/steps/compile-step.ts';
import { hasAudits, type Step } from '../../../src/steps/step.ts';

describe('readStepWork', () => {
  it('finds the procedures and audits of all steps of the catalog in what is submitted for them', () => {
    const audited = PIPELINE_CATALOG.flatMap(({ name, steps }) => steps.map((step) => ({ name, step })));
    for (const { name, step } of audited) {
      const { sqls, parameters } = compileStep(name, step);

      const { procedures, audits, statements } = readStepWork(sqls, parameters);

      expect(procedures).toEqual('calls' in step && step.calls.map(({ procedure }) => procedure));
      expect(audits.map((audit) => [audit.name, audit.severity])).toEqual(auditsOf(step));
      expect(statements).toBe(sqls.length);
    }
  });

  it.each([
    ['a statement that it does not know', ['LOCK elt.fence_x', 'TRUNCATE mart.sales']],
    [
      'audits that nothing judges',
      ["INSERT INTO elt.audit_x (load_id) SELECT :load_id, :audit_1, 'fail', counted.wrong_rows, 1 FROM x"],
    ],
  ])('refuses %s', (_, sqls) => {
    expect(() => readStepWork(sqls, {})).toThrow(TypeError);
  });
});

const auditsOf = (step: Step) =>
  hasAudits(step) ? step.audits.map(({ name, severity }) => [name, severity]) : [];

describe('judgeAudits', () => {
  const audits = [
    { table: 'audit_x', name: 'a', severity: 'fail' },
    { table: 'audit_x', name: 'b', severity: 'warn' },
  ] as const;
  const found = (wrong: Readonly<Record<string, number>>) => {
    const { wrongRows } = createModelWarehouse();
    for (const [audit, rows] of Object.entries(wrong)) wrongRows.spoil('audit_x', audit, 'load-2', rows);
    return { wrongRows, findings: () => runAudits(audits, 'load-2', wrongRows) };
  };
  const EARLIER = [{ loadId: 'load-1', loadStartedAt: '2026-01-01' }];

  it('lets pass what only warns, and what another load has brought', () => {
    const { wrongRows, findings } = found({ b: 5 });
    wrongRows.spoil('audit_x', 'a', 'load-1', 3);

    expect(judgeAudits(findings(), EARLIER, 'load-2')).toBeUndefined();
  });

  it('raises until the load is repaired', () => {
    const { wrongRows, findings } = found({ a: 5 });

    expect(judgeAudits(findings(), EARLIER, 'load-2')).toMatch(
      /"a": 5 wrong rows; .* the load of 2026-01-01$/,
    );
    wrongRows.repair('load-2');
    expect(judgeAudits(findings(), EARLIER, 'load-2')).toBeUndefined();
  });
});
