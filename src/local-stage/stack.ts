import type { Pipeline } from '../definition/pipeline.ts';
import { createLocalAws, type FunctionSpec, type LocalAws, type LocalAwsOptions } from '../local/index.ts';
import { type CompiledStage, compileLocalStage } from './compiled-stage.ts';
import { deployedEnvironment } from './deployed-functions.ts';
import { readDeployedResources } from './deployed-resources.ts';
import { LOCAL_CLUSTER, LOCAL_WORKGROUP, type LocalTask } from './local-stage.ts';

export type { LocalAws as Stack } from '../local/index.ts';

type Environs = Pick<
  LocalAwsOptions,
  'port' | 'warehouse' | 'pages' | 'onNotification' | 'onLog' | 'onTaskLog' | 'report' | 'waits' | 'chaos'
>;

/** What is deployed, and where it runs. */
export interface StackOptions extends Environs {
  readonly pipelines: readonly Pipeline[];
  readonly tasks: readonly LocalTask[];
  readonly functions: readonly FunctionSpec[];
  /** Changes what is deployed. @default the compiled template */
  adaptStage?(compiled: CompiledStage): CompiledStage;
}

/**
 * Starts the local AWS with everything that the product's template deploys for the given pipelines, and with the
 * given tasks and functions.
 * @throws PortInUseError, WarehouseServerError, InvalidConfig for what the local AWS does not support
 */
export async function startStack(options: StackOptions): Promise<LocalAws> {
  const { pipelines, tasks, functions, adaptStage = (compiled) => compiled, ...environs } = options;
  const compiled = adaptStage(compileLocalStage(pipelines, tasks));
  const { failureQueues, ...resources } = readDeployedResources(compiled);
  return createLocalAws({
    ...environs,
    ...resources,
    tasks,
    functions: functions.map((spec) => ({
      environment: deployedEnvironment(spec.name, compiled.stage),
      ...spec,
      ...failureDestination(failureQueues[spec.name]),
    })),
    clusters: [LOCAL_CLUSTER],
    workgroups: [LOCAL_WORKGROUP],
  });
}

function failureDestination(onFailureQueueArn: string | undefined): Partial<FunctionSpec> {
  return onFailureQueueArn === undefined ? {} : { onFailureQueueArn };
}
