import { assertPipelineTypes } from './pipeline-types.ts';

/** The part of the framework that the guard uses. */
interface Serverless {
  readonly service: { readonly custom?: { readonly stage?: { readonly problem?: string } } };
  /** The framework shows its own errors without a stack. */
  readonly classes: { readonly Error: new (message: string) => Error };
}

/**
 * A plugin of the Serverless Framework. It refuses every command for a stage with wrong parameters or pipelines, and
 * shows only the problem. The framework would show an error of a variable with the path to that variable. A type error in a pipeline
 * stops packaging.
 * @param checkTypes of the pipelines
 */
export function createParameterGuard(
  serverless: Serverless,
  _options?: unknown,
  _utils?: unknown,
  checkTypes: () => Promise<void> = assertPipelineTypes,
) {
  return {
    hooks: {
      initialize: () => {
        const problem = serverless.service.custom?.stage?.problem;
        if (problem !== undefined) throw new serverless.classes.Error(problem);
      },
      'before:package:initialize': () =>
        checkTypes().catch((error: Error) => {
          throw new serverless.classes.Error(error.message);
        }),
    },
  };
}
