import type { Pipeline } from '../definition/pipeline.ts';
import { type JsonObject, type MachineSource, substitute } from '../local/index.ts';
import { compileLocalStage } from './compiled-stage.ts';
import { readDeployedResources } from './deployed-resources.ts';

/** A pipeline's state machine as the local stage deploys it. */
export function machineOf(pipeline: Pipeline): MachineSource {
  const [machine] = readDeployedResources(compileLocalStage([pipeline])).machines;
  return machine as MachineSource;
}

/** The definition of a pipeline's state machine as the local stage has it. */
export function localDefinition(pipeline: Pipeline): JsonObject {
  const { definition, substitutions = {} } = machineOf(pipeline);
  return substitute(definition, substitutions);
}
