// What serverless.yml takes from the pipelines: the framework imports this file, and Node reads the TypeScript behind it.
export {
  dmsTaskArns,
  pipelineExecutionArns,
  pipelineResources,
  pipelineStateMachineArns,
} from './serverless-variables.ts';
