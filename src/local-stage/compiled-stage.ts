import { createStage, type Stage } from '../compile/stage/stage.ts';
import { readStageParameters } from '../compile/stage/stage-parameters.ts';
import { functionLogicalId, type Resources } from '../compile/template/cloudformation.ts';
import { compileResources } from '../compile/template/resources.ts';
import type { DefinitionFile } from '../compile/template/state-machine-resources.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import { LOCAL_REGION } from '../local/index.ts';
import { LOCAL_STAGE, localTaskArn } from './local-stage.ts';
import { readDeployedService } from './service-file.ts';

/** The stage `local`, as the framework would deploy it. */
export interface CompiledStage {
  readonly stage: Stage;
  /** Name of the stack, as the framework gives it. */
  readonly stack: string;
  /** The whole template: the functions of serverless.yml by their names, and the compiled resources. */
  readonly resources: Resources;
  readonly definitionFiles: readonly DefinitionFile[];
}

type Tasks = readonly { readonly identifier: string; readonly arn: string }[];

/**
 * Compiles the stage for pipelines, with the parameters of serverless.yml except the DMS tasks, which are given.
 * @param tasks tasks with another ARN than the local stage gives them
 * @throws InvalidParameter, InvalidPipeline as packaging does
 */
export function compileLocalStage(pipelines: readonly Pipeline[], tasks: Tasks = []): CompiledStage {
  const { service, params, functions } = readDeployedService();
  const arnOf = (task: string) => tasks.find(({ identifier }) => identifier === task)?.arn;
  const dmsTasks = Object.fromEntries(
    pipelines.flatMap((pipeline) => pipeline.tasks.map((task) => [task, arnOf(task) ?? localTaskArn(task)])),
  );
  const stage = createStage({
    ...{ service, stage: LOCAL_STAGE, region: LOCAL_REGION, pipelines },
    parameters: readStageParameters({ ...params.default, ...params.local, dmsTasks }),
  });
  const { definitionFiles, ...groups } = compileResources(stage, undefined);
  const deployedFunctions = Object.keys(functions).map((name) => [
    functionLogicalId(name),
    { Type: 'AWS::Lambda::Function', Properties: { FunctionName: name } },
  ]);
  const resources = Object.assign(Object.fromEntries(deployedFunctions), ...Object.values(groups));
  return { stage, stack: `${service}-${LOCAL_STAGE}`, resources, definitionFiles };
}
