/** The part of the framework that the guard uses. */
interface Serverless {
  readonly service: { readonly custom?: { readonly stage?: { readonly problem?: string } } };
  /** The framework shows its own errors without a stack. */
  readonly classes: { readonly Error: new (message: string) => Error };
}

/**
 * A plugin of the Serverless Framework. It refuses every command for a stage with wrong parameters or pipelines, and
 * shows only the problem. The framework would show an error of a variable with the path to that variable.
 */
export function createParameterGuard(serverless: Serverless) {
  return {
    hooks: {
      initialize: () => {
        const problem = serverless.service.custom?.stage?.problem;
        if (problem !== undefined) throw new serverless.classes.Error(problem);
      },
    },
  };
}
