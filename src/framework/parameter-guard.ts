/** As much of the framework as the guard touches. */
interface Serverless {
  readonly service: { readonly custom?: { readonly stage?: { readonly problem?: string } } };
  /** The framework's errors are shown without their stack. */
  readonly classes: { readonly Error: new (message: string) => Error };
}

/**
 * A plugin of the Serverless Framework: refuses every command for a stage whose parameters or pipelines are wrong, with
 * nothing but the problem. An error out of a variable would be shown with the way to it.
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
