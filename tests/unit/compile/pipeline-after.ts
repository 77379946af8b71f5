import type { StateMachineDefinition } from '../../../src/compile/machine/asl.ts';
import { compileStateMachine } from '../../../src/compile/machine/state-machine.ts';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import type { Pipeline, PipelineDefinition } from '../../../src/definition/pipeline.ts';

/** Steps by name, with what they are after. */
export type StepsAfter = Readonly<Record<string, readonly string[]>>;

/** A pipeline of steps that differ in nothing else. */
export function pipelineAfter(steps: StepsAfter, timeoutSeconds = 3_600): Pipeline {
  const definitions = Object.entries(steps).map(([name, after]) => [
    name,
    { call: 'mart.sp_step', after, timeoutSeconds },
  ]);
  return definePipeline({
    name: 'load-orders',
    tasks: ['orders-task'],
    stagedTables: ['mart.orders_stg'],
    steps: Object.fromEntries(definitions) as PipelineDefinition['steps'],
  });
}

export function compileSteps(steps: StepsAfter): StateMachineDefinition {
  return compileStateMachine(pipelineAfter(steps));
}
