import { pipelines } from '../pipelines/index.ts';
import { compileResources, statesArns } from './resources.ts';

/** What the Serverless Framework hands to a function that a `${file(…)}` variable names. */
interface VariableContext {
  resolveVariable(variable: string): Promise<unknown>;
}

/** Resources of all pipelines, for `resources`. */
export async function pipelineResources({ resolveVariable }: VariableContext) {
  const taskArns = (await resolveVariable('param:dmsTasks')) as Record<string, string>;
  return {
    Resources: compileResources(pipelines, { stage: String(await resolveVariable('sls:stage')), taskArns }),
  };
}

/** ARNs of the pipelines' state machines, for IAM. */
export async function pipelineStateMachineArns({ resolveVariable }: VariableContext) {
  return statesArns(pipelines, String(await resolveVariable('sls:stage')), 'stateMachine');
}

/** ARNs of the executions of the pipelines' state machines, for IAM. */
export async function pipelineExecutionArns({ resolveVariable }: VariableContext) {
  return statesArns(pipelines, String(await resolveVariable('sls:stage')), 'execution');
}

/** The parameter dmsTasks as the text that start-run's environment holds. */
export async function dmsTaskArns({ resolveVariable }: VariableContext) {
  return JSON.stringify(await resolveVariable('param:dmsTasks'));
}
