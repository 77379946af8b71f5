/** As much of the framework as the guard touches. */
interface Serverless {
  readonly service: { readonly custom?: { readonly stage?: { readonly sampleTasks?: readonly string[] } } };
  /** The framework's errors are shown without their stack. */
  readonly classes: { readonly Error: new (message: string) => Error };
}

/**
 * A plugin of the Serverless Framework: refuses to deploy a stage that would wait for the sample's DMS task, which is in
 * no account. Packaging it is fine.
 */
export function createDeployGuard(serverless: Serverless) {
  return {
    hooks: {
      'before:deploy:deploy': () => {
        const [sample] = serverless.service.custom?.stage?.sampleTasks ?? [];
        if (sample === undefined) return;
        const message = `parameter dmsTasks: "${sample}" still has the ARN of the sample, of account 000000000000`;
        throw new serverless.classes.Error(message);
      },
    },
  };
}
