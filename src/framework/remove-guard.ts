import type { SFNClientConfig } from '@aws-sdk/client-sfn';
import type { LiveRun } from '../executions/live-runs.ts';

/** As much of the framework as the guard touches. */
interface Serverless {
  readonly service: { readonly service: string };
  getProvider(name: 'aws'): AwsProvider;
  /** The framework's errors are shown without their stack. */
  readonly classes: { readonly Error: new (message: string) => Error };
}

interface AwsProvider {
  getStage(): string;
  getAwsSdkV3Config(): Promise<SFNClientConfig>;
}

type FindRuns = (provider: AwsProvider, service: string) => Promise<readonly LiveRun[]>;

/** The plugin as the Serverless Framework makes it. */
export function removeGuard(serverless: Serverless) {
  return createRemoveGuard(serverless, findRuns);
}

/**
 * A plugin of the Serverless Framework: refuses to remove a stage while a run is alive, of whatever pipeline. State machines
 * stay, but their functions and role go: the run would fail at its next state.
 */
export function createRemoveGuard(serverless: Serverless, find: FindRuns) {
  return {
    hooks: {
      'before:remove:remove': async () => {
        const provider = serverless.getProvider('aws');
        const runs = await find(provider, serverless.service.service);
        if (runs.length === 0) return;
        const named = runs.map(({ pipeline, name }) => `${name} of ${pipeline}`).join(', ');
        const message = `stage ${provider.getStage()}: cannot be removed while a run is alive: ${named}. Wait for its end or stop it, then remove the stage`;
        throw new serverless.classes.Error(message);
      },
    },
  };
}

/** With the framework's credentials and Region. Every command makes the plugin, this one alone needs the SDK. */
const findRuns: FindRuns = async (provider, service) => {
  const { SFNClient } = await import('@aws-sdk/client-sfn');
  const { findStageRuns } = await import('../executions/live-runs.ts');
  const sfn = new SFNClient(await provider.getAwsSdkV3Config());
  return findStageRuns(sfn, service, provider.getStage()).finally(() => sfn.destroy());
};
