import type { SFNClientConfig } from '@aws-sdk/client-sfn';
import type { LiveRun } from '../executions/live-runs.ts';

/** The part of the framework that the guard uses. */
interface Serverless {
  readonly service: { readonly service: string };
  getProvider(name: 'aws'): AwsProvider;
  /** The framework shows its own errors without a stack. */
  readonly classes: { readonly Error: new (message: string) => Error };
}

interface AwsProvider {
  getStage(): string;
  getAwsSdkV3Config(): Promise<SFNClientConfig>;
}

type FindRuns = (provider: AwsProvider, service: string) => Promise<readonly LiveRun[]>;

/** The plugin as the Serverless Framework creates it. */
export function removeGuard(serverless: Serverless) {
  return createRemoveGuard(serverless, findRuns);
}

/**
 * A plugin of the Serverless Framework. It refuses to remove a stage while a run of any pipeline is alive. The state
 * machines stay, but their functions and role are removed, so the run would fail at its next state.
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

/**
 * Uses the framework's credentials and Region. Every command creates the plugin, but only this one needs the SDK, so
 * it is imported here.
 */
const findRuns: FindRuns = async (provider, service) => {
  const { SFNClient } = await import('@aws-sdk/client-sfn');
  const { findStageRuns } = await import('../executions/live-runs.ts');
  const sfn = new SFNClient(await provider.getAwsSdkV3Config());
  return findStageRuns(sfn, service, provider.getStage()).finally(() => sfn.destroy());
};
