import type { Stage } from '../compile/stage/stage.ts';
import { stageEnvironment } from '../compile/stage/stage-environment.ts';
import type { FunctionSpec } from '../local/index.ts';
import { readDeployedService, resolveVariables, SERVICE_ROOT } from './service-file.ts';

/** The functions that serverless.yml deploys: same handler files, timeouts and memory. */
export function readDeployedFunctions(): readonly FunctionSpec[] {
  const { provider, functions } = readDeployedService();
  return Object.entries(functions).map(([name, { handler, timeout, memorySize }]) => ({
    name,
    module: new URL(handler.replace(/\.handler$/, '.ts'), SERVICE_ROOT),
    timeoutSeconds: timeout,
    memoryMb: memorySize ?? provider.memorySize,
  }));
}

/** A function's environment in a stage. A function that serverless.yml does not have gets the stage's environment. */
export function deployedEnvironment(name: string, stage: Stage): Readonly<Record<string, string>> {
  const { provider, functions } = readDeployedService();
  const hasStage = !Object.hasOwn(functions, name) || functions[name]?.environment !== undefined;
  const ofStage = { ...stageEnvironment(stage) };
  const ofAll = Object.entries(provider.environment).map(([key, text]) => [
    key,
    resolveVariables(text, ofStage),
  ]);
  return {
    ...Object.fromEntries(ofAll),
    ...(hasStage ? ofStage : {}),
    // esbuild puts it into the code of a bundle.
    DMS_TASK_ARNS: JSON.stringify(stage.taskArns),
  };
}
