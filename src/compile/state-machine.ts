import type { Pipeline, Step } from '../definition/pipeline.ts';
import type { StateMachineDefinition, SucceedState } from './asl.ts';
import { refuseBeyondLimits } from './estimate-run.ts';
import { scheduleSteps } from './schedule-steps.ts';
import { createNameRegister } from './state-names.ts';
import { compileStepStates } from './step-states.ts';
import { treeDuration } from './step-tree.ts';
import { compileTree } from './tree-states.ts';

/** Where every run that went well ends. */
const RUN_COMPLETE = 'Run_Complete';

/** What all statements of a run may take together, beside the steps' own timeouts: queues, retries, pauses. */
const SLACK_SECONDS = 6 * 3_600;

/**
 * Compiles a pipeline to its state machine: steps that do not depend on each other side by side, as far as nested
 * Parallel states can express it. Function ARNs are left as `${…FunctionArn}`, which CloudFormation's
 * DefinitionSubstitutions fill in.
 * @throws InvalidPipeline for states whose names collide, and for a machine beyond the limits of Step Functions
 */
export function compileStateMachine(pipeline: Pipeline): StateMachineDefinition {
  const steps = new Map(pipeline.steps.map((step) => [step.name, step]));
  const stepOf = (name: string) => steps.get(name) as Step;
  const claimName = createNameRegister(pipeline.name);
  claimName(RUN_COMPLETE, 'every run');
  const tree = scheduleSteps(pipeline.steps);
  const compileStep = (name: string, next: string) => compileStepStates(pipeline, stepOf(name), next);
  const { StartAt, States } = compileTree({ compileStep, claimName }, tree, RUN_COMPLETE);
  const definition: StateMachineDefinition = {
    Comment: `Takes a finished full load of ${pipeline.tasks.join(', ')} to production: ${pipeline.name}`,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: SLACK_SECONDS + treeDuration(tree, (name) => stepOf(name).timeoutSeconds),
    StartAt,
    States: { ...States, [RUN_COMPLETE]: runComplete() },
  };
  refuseBeyondLimits(pipeline, definition);
  return definition;
}

function runComplete(): SucceedState {
  return {
    Type: 'Succeed',
    Comment: 'Every step is done, and recorded in the warehouse',
    Output: {
      pipeline: '{% $states.input.pipeline %}',
      load: '{% $states.input.load %}',
      trigger: '{% $states.input.trigger %}',
      steps: '{% $states.input.steps %}',
    },
  };
}
