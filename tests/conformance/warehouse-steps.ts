import { definePipeline } from '../../src/definition/define-pipeline.ts';
import type { Pipeline } from '../../src/definition/pipeline.ts';
import { auditTableName, fenceTableName } from '../../src/names/elt-tables.ts';
import type { StepRequest } from '../../src/statements/step-request.ts';
import type { AuditDefinition } from '../../src/steps/audit/definition.ts';
import { compileStep } from '../../src/steps/compile-step.ts';
import type { Step } from '../../src/steps/step.ts';
import { stepRequest } from '../fixtures/step-request.ts';

export const TARGET = { clusterIdentifier: 'conformance', database: 'dev' };

const STEPS = [
  'Applied',
  'Done',
  'Stale',
  'Staging',
  'None',
  'Twice',
  'Token',
  'Listed',
  'Statuses',
  'Polled',
  'Cancelled',
  'Counted',
  'Forgotten',
  'Audited',
  'Warned',
  'Judged',
] as const;
type StepName = (typeof STEPS)[number] | 'Group';

/** Counts what a stage spoils. */
const AUDIT = { notNull: 'mart.spoiled', columns: ['id'] } as const;
export const AUDIT_NAME = 'notNull mart.spoiled (id)';

const AUDITS = {
  Audited: [AUDIT],
  Judged: [AUDIT],
  Warned: [{ ...AUDIT, severity: 'warn' }],
} as const satisfies Partial<Record<StepName, readonly AuditDefinition[]>>;
const auditsOf = (step: StepName): readonly AuditDefinition[] => AUDITS[step as keyof typeof AUDITS] ?? [];

/** What both members of the group tell of themselves, so that they are known by the group. */
const MEMBER = { call: { procedure: 'mart.sp_apply', args: ['Group', { run: 'loadId' }] } } as const;

/** A step for each test, which is told which load it is to take to production under which name. */
export const WAREHOUSE_STEPS: Pipeline = definePipeline({
  name: 'conformance',
  tasks: ['conformance-task'],
  stagedTables: ['staging.sales', 'staging.stock'],
  publish: { Group: ['Member_1', 'Member_2'] },
  steps: {
    ...Object.fromEntries(
      STEPS.map((name) => [
        name,
        { call: { procedure: 'mart.sp_apply', args: [name, { run: 'loadId' }] }, audit: auditsOf(name) },
      ]),
    ),
    ...{ Member_1: MEMBER, Member_2: { ...MEMBER, audit: [AUDIT] } },
  },
});

export function fenceOf(step: string): string {
  return fenceTableName(WAREHOUSE_STEPS.name, step);
}

export function auditTableOf(step: string): string {
  return auditTableName(WAREHOUSE_STEPS.name, step);
}

/** When the n-th load was started. */
export function startOf(load: number): string {
  return `2026-11-2${load}T01:00:00.000Z`;
}

export function executionArn(run: string): string {
  return `arn:aws:states:us-east-1:000000000000:execution:conformance:${run}`;
}

/** What stands in a machine where its run has the load's id. */
const LOAD_ID = '{% $states.input.load.id %}';

/** A step of the n-th load, as a state machine asks for it. */
export function requestOf(
  name: StepName,
  load: number,
  { run = 'run-1', rows = 'staging.sales=3' }: { readonly run?: string; readonly rows?: string } = {},
): StepRequest {
  const step = WAREHOUSE_STEPS.steps.find((candidate) => candidate.name === name) as Step;
  const compiled = compileStep(WAREHOUSE_STEPS.name, step);
  const loadId = `load-${load}`;
  return {
    ...stepRequest,
    ...{ pipeline: WAREHOUSE_STEPS.name, step: name, target: TARGET },
    sqls: [...compiled.sqls],
    parameters: {
      ...Object.fromEntries(
        Object.entries(compiled.parameters).map(([key, value]) => [key, value === LOAD_ID ? loadId : value]),
      ),
      load_started_at: startOf(load),
      staged_rows: rows,
      execution: executionArn(run),
    },
    execution: { arn: executionArn(run), name: run, redriveCount: 0, redrivenAt: null },
  };
}
