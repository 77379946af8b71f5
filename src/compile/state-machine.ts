import type { Pipeline } from '../definition/pipeline.ts';
import type { State, StateMachineDefinition, SucceedState } from './asl.ts';
import { compileStepStates } from './step-states.ts';

/** Where every run that went well ends. */
const RUN_COMPLETE = 'Run_Complete';

/** What all statements of a run may take together, beside the steps' own timeouts: queues, retries, pauses. */
const SLACK_SECONDS = 6 * 3_600;

/**
 * Compiles a pipeline to its state machine: the steps one after the other. Function ARNs are left as
 * `${…FunctionArn}`, which CloudFormation's DefinitionSubstitutions fill in.
 */
export function compileStateMachine(pipeline: Pipeline): StateMachineDefinition {
  const states: Record<string, State> = {};
  for (const [index, step] of pipeline.steps.entries()) {
    Object.assign(states, compileStepStates(pipeline, step, pipeline.steps[index + 1]?.name ?? RUN_COMPLETE));
  }
  return {
    Comment: `Takes a finished full load of ${pipeline.tasks.join(', ')} to production: ${pipeline.name}`,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: pipeline.steps.reduce((sum, step) => sum + step.timeoutSeconds, SLACK_SECONDS),
    StartAt: pipeline.steps[0]?.name ?? RUN_COMPLETE,
    States: { ...states, [RUN_COMPLETE]: runComplete() },
  };
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
