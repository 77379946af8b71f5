import { costOfStage } from '../../compile/cost/monthly-cost.ts';
import type { StateMachineDefinition } from '../../compile/machine/asl.ts';
import { estimateRun, type RunEstimate } from '../../compile/machine/estimate-run.ts';
import { compileStateMachine } from '../../compile/machine/state-machine.ts';
import { scheduleSteps } from '../../compile/schedule/schedule-steps.ts';
import type { StepTree } from '../../compile/schedule/step-tree.ts';
import { compileLoadFinishedPattern, type EventPattern } from '../../compile/template/event-rule.ts';
import { describeDeadline } from '../../definition/deadline/deadline.ts';
import type { Pipeline, StagedTable } from '../../definition/pipeline.ts';
import { describeStep } from '../../steps/step.ts';
import { directlyBefore } from '../machine/order.ts';
import { readMachine } from '../machine/read-machine.ts';
import type { StepFacts } from '../machine/read-step.ts';

/** A step as it runs. */
export interface StepView extends Pick<StepFacts, 'name' | 'audits' | 'policy' | 'sqls'> {
  /** In words. */
  readonly does: string;
  /** Steps that must have ended. */
  readonly after: readonly string[];
  /** Table that records the loads which took effect, without its schema. Absent for what has no fence. */
  readonly fence?: string;
}

/** Everything that a pipeline is compiled to, for people and programs. */
export interface PipelineView {
  readonly name: string;
  /** File and line. */
  readonly definedAt?: string;
  readonly tasks: readonly string[];
  readonly windowHours: number;
  readonly companionHours: number;
  /** In words. */
  readonly deadline?: string;
  readonly stagedTables: readonly StagedTable[];
  readonly otherTables: Pipeline['otherTables'];
  /** How steps follow each other, or run side by side. */
  readonly tree: StepTree;
  readonly steps: readonly StepView[];
  /** Of the rule that starts runs. The stage puts the ARNs of the tasks into it. */
  readonly rule: EventPattern;
  /** States of the machine. */
  readonly states: number;
  /** The largest run that is possible. */
  readonly estimate: RunEstimate;
  /** Its share of state transitions and Lambda, in US dollars a month, once a night. */
  readonly monthlyCost: number;
}

/** Shows what a pipeline is compiled to. @throws InvalidPipeline */
export function viewPipeline(pipeline: Pipeline): PipelineView {
  const definition = compileStateMachine(pipeline);
  const { name, definedAt, tasks, windowHours, companionHours, stagedTables, otherTables } = pipeline;
  const machine = readMachine(definition);
  const states = machine?.states ?? 0;
  return {
    ...{ name, ...(definedAt === undefined ? {} : { definedAt }), tasks, windowHours, companionHours },
    ...(pipeline.deadline && { deadline: describeDeadline(pipeline.deadline) }),
    ...{ stagedTables, otherTables, states, tree: scheduleSteps(pipeline.steps) },
    steps: viewSteps(pipeline, definition),
    rule: compileLoadFinishedPattern(tasks.map((task) => `ARN of ${task}`)),
    estimate: estimateRun(pipeline, definition),
    monthlyCost: shareOf(states, pipeline.steps.length),
  };
}

function viewSteps(pipeline: Pipeline, definition: StateMachineDefinition): readonly StepView[] {
  const machine = readMachine(definition);
  const names = new Set(pipeline.steps.map(({ name }) => name));
  return pipeline.steps.flatMap((step) => {
    const facts = machine?.steps.get(step.name);
    if (machine === undefined || facts === undefined) return [];
    const { name, audits, policy, sqls, fence } = facts;
    return [
      {
        ...{ name, does: describeStep(step), after: directlyBefore(machine.before, name, names) },
        ...{ audits, policy, sqls, ...(fence === undefined ? {} : { fence }) },
      },
    ];
  });
}

/** What is billed for each run, without what a stage costs anyhow. */
function shareOf(states: number, steps: number): number {
  const [own, none] = [
    { states, steps },
    { states: 0, steps: 0 },
  ].map((size) => costOfStage({ pipelines: [size], alarmMetrics: 0, detailedMetrics: false }).total);
  return (own ?? 0) - (none ?? 0);
}
