import { describe, expect, it } from 'vitest';
import { composeMessage } from '../../../src/notifications/forms/compose-message.ts';
import { MachineMessageSchema } from '../../../src/notifications/forms/machine.ts';
import { withFigures } from '../../../src/notifications/run-figures.ts';
import type { Run, RunStep } from '../../../src/run-history/run.ts';
import { failedRun } from '../../fixtures/notifications/announcements.ts';

const step = (name: string, more: Partial<RunStep>): RunStep => ({
  ...{ name, kind: 'call', commits: false, state: 'done', effect: 'applied', attempts: 1, retried: [] },
  ...more,
});
const done = step('Load_Dim', { statementMs: 14_200 });
const run: Run = {
  ...{ status: 'FAILED', redrives: 0, stagedRows: {}, audits: [], warnings: [] },
  turn: { name: 'Take_Turn', state: 'done' },
  verification: { name: 'Verify_Full_Load', state: 'done' },
  steps: [
    done,
    step('Load_Fact', {
      ...{ state: 'failed', effect: 'not-applied', statementMs: 200, attempts: 2 },
      failure: { error: 'StatementFailed', cause: '' },
    }),
    step('Load_Totals', { state: 'not-started', effect: 'not-applied', attempts: 0 }),
  ],
  confirmation: { name: 'Confirm_Load', state: 'not-started' },
};

describe('the figures of a run', () => {
  it('say how each step ended, and what took effect', () => {
    const { body, forms } = composeMessage(withFigures(failedRun(), run));

    expect(body).toContain(`Steps:
  Load_Dim: done in 14 s
  Load_Fact: StatementFailed after 0.2 s
  Load_Totals: not run, because Load_Fact failed

Took effect: Load_Dim
Took no effect: Load_Fact (rolled back), Load_Totals (not run)

What to do:`);
    expect(MachineMessageSchema.strict().parse(JSON.parse(forms.sqs ?? '')).steps).toEqual([
      { name: 'Load_Dim', state: 'done', effect: 'applied', attempts: 1, seconds: 14.2 },
      { name: 'Load_Fact', state: 'failed', effect: 'not-applied', attempts: 2, seconds: 0.2 },
      { name: 'Load_Totals', state: 'not-started', effect: 'not-applied', attempts: 0 },
    ]);
    expect(forms.https).toContain('Took effect: Load');
  });

  it('say what audits found', () => {
    const audits = [
      { step: 'Load_Dim', audit: 'unique mart.dim (id)', severity: 'fail', wrongRows: 0 },
      { step: 'Load_Dim', audit: 'rows mart.dim', severity: 'warn', wrongRows: 1, rows: 7 },
    ];
    const told = (found: Run['audits']) =>
      composeMessage(withFigures(failedRun(), { ...run, status: 'SUCCEEDED', steps: [done], audits: found }));

    expect(told(audits).body).toContain('Audits: 2 audits; rows mart.dim: 1 wrong row');
    expect(told(audits.slice(0, 1)).body).toContain('Audits: 1 audit, no wrong row.');
    expect(told(audits).body).not.toContain('Took effect');
    expect(JSON.parse(told(audits).forms.sqs ?? '').audits).toEqual(audits);
  });
});
