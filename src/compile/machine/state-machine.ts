import type { Pipeline } from '../../definition/pipeline.ts';
import { InvalidPipeline } from '../../errors/errors.ts';
import { FRAME_STATES } from '../../names/machine-states.ts';
import type { Step } from '../../steps/step.ts';
import { scheduleSteps } from '../schedule/schedule-steps.ts';
import { treeDuration } from '../schedule/step-tree.ts';
import type { StateMachineDefinition } from './asl.ts';
import { refuseBeyondLimits } from './estimate-run.ts';
import { compileClosing, compileOpening } from './frame-states.ts';
import { createNameRegister } from './state-names.ts';
import { compileStepStates } from './step-states.ts';
import { compileTree } from './tree-states.ts';

/** Seconds that a run may take in addition to its steps' timeouts: for its turn, queues, retries and pauses. */
const SLACK_SECONDS = 24 * 3_600;

/**
 * Compiles a pipeline to its state machine. Steps that do not depend on each other run in parallel, as far as nested
 * Parallel states can express it. Function ARNs stay as `${…FunctionArn}`; CloudFormation's DefinitionSubstitutions
 * fill them in.
 * @throws InvalidPipeline for states whose names collide, and for a machine beyond the limits of Step Functions
 */
export function compileStateMachine(pipeline: Pipeline): StateMachineDefinition {
  try {
    return compile(pipeline);
  } catch (error) {
    throw error instanceof InvalidPipeline ? error.at(pipeline.definedAt) : error;
  }
}

function compile(pipeline: Pipeline): StateMachineDefinition {
  const steps = new Map(pipeline.steps.map((step) => [step.name, step]));
  const stepOf = (name: string) => steps.get(name) as Step;
  const claimName = createNameRegister(pipeline.name);
  for (const name of Object.values(FRAME_STATES)) claimName(name, 'every run');
  const tree = scheduleSteps(pipeline.steps);
  const compileStep = (name: string, next: string) => compileStepStates(pipeline, stepOf(name), next);
  const { StartAt, States } = compileTree({ compileStep, claimName }, tree, FRAME_STATES.confirm);
  const definition: StateMachineDefinition = {
    Comment: `Takes a finished full load of ${pipeline.tasks.join(', ')} to production: ${pipeline.name}`,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: SLACK_SECONDS + treeDuration(tree, (name) => stepOf(name).timeoutSeconds),
    StartAt: FRAME_STATES.turn,
    States: { ...compileOpening(pipeline, StartAt), ...States, ...compileClosing(pipeline) },
  };
  refuseBeyondLimits(pipeline, definition);
  return definition;
}
