import { definePipeline } from '../../src/definition/define-pipeline.ts';
import type { Pipeline } from '../../src/definition/pipeline.ts';
import { fenceTableName } from '../../src/names/fence-table.ts';
import type { StepRequest } from '../../src/statements/step-request.ts';
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
] as const;
type StepName = (typeof STEPS)[number];

/** A step for each test, which is told which load it is to take to production under which name. */
export const WAREHOUSE_STEPS: Pipeline = definePipeline({
  name: 'conformance',
  tasks: ['conformance-task'],
  stagedTables: ['staging.sales', 'staging.stock'],
  steps: Object.fromEntries(
    STEPS.map((name) => [name, { call: { procedure: 'mart.sp_apply', args: [name, { run: 'loadId' }] } }]),
  ),
});

export function fenceOf(step: string): string {
  return fenceTableName(WAREHOUSE_STEPS.name, step);
}

export function executionArn(run: string): string {
  return `arn:aws:states:us-east-1:000000000000:execution:conformance:${run}`;
}

/** A step of the n-th load, as a state machine asks for it. */
export function requestOf(
  name: StepName,
  load: number,
  { run = 'run-1', rows = 'staging.sales=3' }: { readonly run?: string; readonly rows?: string } = {},
): StepRequest {
  const step = WAREHOUSE_STEPS.steps.find((candidate) => candidate.name === name) as Step;
  return {
    ...stepRequest,
    ...{ pipeline: WAREHOUSE_STEPS.name, step: name, target: TARGET },
    sqls: [...compileStep(WAREHOUSE_STEPS.name, step).sqls],
    parameters: {
      fence_table: fenceOf(name),
      load_id: `load-${load}`,
      load_started_at: `2026-11-2${load}T01:00:00.000Z`,
      staged_rows: rows,
      execution: executionArn(run),
      ...{ arg_1: name, arg_2: `load-${load}` },
    },
    execution: { arn: executionArn(run), name: run, redriveCount: 0, redrivenAt: null },
  };
}
