import type { Pipeline } from '../../definition/pipeline.ts';
import { stepStateNames } from '../../names/machine-states.ts';
import { CONTRACT_VERSION } from '../../statements/contract-version.ts';
import { compileStep } from '../../steps/compile-step.ts';
import { commitsByItself, describeStep, isFenced, type Step } from '../../steps/step.ts';
import type { ChoiceState, State, Template, WaitState } from './asl.ts';
import { compileLambdaTask, EXECUTION } from './lambda-task.ts';

const WITH_ANSWER = "{% $merge([$states.input, {'statement': $states.result.Payload}]) %}";

/**
 * The four published states of a step, by name: submit, wait, ask, and go on when it is complete. A statement that ends while it
 * is submitted is neither waited for nor asked about.
 */
export function compileStepStates(pipeline: Pipeline, step: Step, next: string): Record<string, State> {
  const names = stepStateNames(step.name);
  const request = compileRequest(pipeline, step);
  return {
    [names.start]: compileLambdaTask({
      comment: commentOf(step),
      function: 'start-statement',
      payload: request,
      output: WITH_ANSWER,
      next: names.complete,
    }),
    [names.wait]: {
      Type: 'Wait',
      Seconds: '{% $states.input.statement.waitSeconds %}',
      Next: names.check,
    } satisfies WaitState,
    [names.check]: compileLambdaTask({
      comment: 'Answers when the statement has ended, or after 14 minutes',
      function: 'check-statement',
      payload: { ...request, statement: '{% $states.input.statement %}' },
      output: WITH_ANSWER,
      next: names.complete,
    }),
    [names.complete]: isComplete(step.name, names.wait, next),
  };
}

function compileRequest(pipeline: Pipeline, step: Step): { readonly [key: string]: Template } {
  return {
    contractVersion: CONTRACT_VERSION,
    pipeline: pipeline.name,
    step: step.name,
    ...compileStep(pipeline.name, step),
    ...compileProof(step),
    policy: compilePolicy(step),
    target: '{% $states.input.target %}',
    load: '{% $states.input.load %}',
    execution: EXECUTION,
    stateEnteredAt: '{% $states.context.State.EnteredTime %}',
  };
}

/**
 * A step without a fence would run again in a new execution of the load. That must not happen after a later step has
 * emptied staging: a check would judge an empty table, and a procedure that commits by itself would take it to
 * production.
 */
function compileProof(step: Step): { readonly [key: string]: Template } {
  if (isFenced(step) || step.consumedBehind.length === 0) return {};
  return {
    doneWhenConsumed: { tables: step.consumedBehind, stagedRows: '{% $states.input.stagedRows %}' },
  };
}

function compilePolicy(step: Step): { readonly [key: string]: Template } {
  return {
    timeoutSeconds: step.timeoutSeconds,
    attempts: step.retry.attempts,
    retryOn: step.retry.on,
    commits: commitsByItself(step),
  };
}

function commentOf(step: Step): string {
  return `${describeStep(step)}${isFenced(step) ? ', in one transaction with the record of the load' : ''}`;
}

/** Moves the statement's record to the records of the finished steps. */
function isComplete(step: string, wait: string, next: string): ChoiceState {
  const done = `$merge([$states.input.steps, {'${step}': $states.input.statement}])`;
  const rest = "$sift($states.input, function($value, $key) { $key != 'statement' })";
  return {
    Type: 'Choice',
    Choices: [
      {
        Condition: '{% $states.input.statement.complete %}',
        Output: `{% $merge([${rest}, {'steps': ${done}}]) %}`,
        Next: next,
      },
    ],
    Default: wait,
  };
}
