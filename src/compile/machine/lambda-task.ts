import { arnReference, type TaskFunction } from '../template/function-names.ts';
import type { TaskState, Template } from './asl.ts';
import { LAMBDA_RETRY } from './retry.ts';

/** Seconds; longer than each function's own timeout, so that Lambda's error comes first. */
const TIMEOUT_SECONDS: Readonly<Record<TaskFunction, number>> = {
  'take-turn': 90,
  'verify-load': 330,
  'start-statement': 90,
  'check-statement': 930,
};

export interface LambdaTask {
  readonly comment: string;
  readonly function: TaskFunction;
  readonly payload: Template;
  /** What the state passes on: JSONata over `$states.input` and the function's answer, `$states.result.Payload`. */
  readonly output: Template;
  readonly next: string;
}

/** A state that invokes one of the functions. */
export function compileLambdaTask({ comment, function: name, payload, output, next }: LambdaTask): TaskState {
  return {
    Type: 'Task',
    Comment: comment,
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: arnReference(name), Payload: payload },
    Output: output,
    TimeoutSeconds: TIMEOUT_SECONDS[name],
    Retry: LAMBDA_RETRY,
    Next: next,
  };
}

/** Identifies the run, for the functions that ask about it. */
export const EXECUTION: { readonly [key: string]: Template } = {
  arn: '{% $states.context.Execution.Id %}',
  name: '{% $states.context.Execution.Name %}',
  startedAt: '{% $states.context.Execution.StartTime %}',
  // Both may be absent until the first redrive.
  redriveCount:
    '{% $exists($states.context.Execution.RedriveCount) ? $states.context.Execution.RedriveCount : 0 %}',
  redrivenAt:
    '{% $exists($states.context.Execution.RedriveTime) ? $states.context.Execution.RedriveTime : null %}',
};
