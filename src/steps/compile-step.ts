import { type CallStatements, compileCall } from './call/compile.ts';
import { type CheckStatements, compileCheck } from './check/compile.ts';
import type { Step } from './step.ts';

/**
 * What a step submits, and what its kind adds to the state's request.
 * @throws InvalidPipeline
 */
export function compileStep(pipeline: string, step: Step): CallStatements | CheckStatements {
  return step.kind === 'check' ? compileCheck(pipeline, step) : compileCall(pipeline, step);
}
