import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import type { Pipeline, PipelineDefinition } from '../../../src/definition/pipeline.ts';

export const valid = {
  name: 'load-orders',
  tasks: ['orders-task'],
  stagedTables: ['mart.orders_stg'],
  steps: { Load_Orders: { call: 'mart.sp_load_orders' } },
} as const satisfies PipelineDefinition;

/** Defines it with these members in place of its own. */
export const defineAny = (overrides: object) => (): Pipeline =>
  definePipeline({ ...valid, ...overrides } as PipelineDefinition);
