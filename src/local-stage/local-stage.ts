import { compileStateMachine } from '../compile/machine/state-machine.ts';
import { arnVariable, TASK_FUNCTIONS } from '../compile/template/function-names.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import { type JsonObject, LOCAL_ACCOUNT, LOCAL_REGION } from '../local/contracts.ts';
import type { TaskSpec } from '../local/services/dms/task.ts';
import { type FunctionSpec, functionArn } from '../local/services/lambda/functions.ts';
import { queueArn } from '../local/services/sqs/queue-identity.ts';
import { stateMachineArn } from '../local/services/stepfunctions/arns.ts';
import type { MachineSource } from '../local/services/stepfunctions/create-step-functions.ts';
import { substitute } from '../local/services/stepfunctions/substitute.ts';

/** Names of the local stage: what serverless.yml and its parameters are for a deployed one. */
const SERVICE = 'redshift-elt';
const LOCAL_STAGE = 'local';
export const LOCAL_CLUSTER = 'redshiftcluster-abcd';
export const LOCAL_WORKGROUP = 'elt-local';
export const LOCAL_DATABASE = 'dev';

/** Receives events that could not be delivered to start-run. */
export const DEAD_LETTER_QUEUE = 'redshift-elt-local-dead-letters';
/** Receives the record of an invocation of start-run that failed for good. */
export const FAILURE_QUEUE = 'redshift-elt-local-failures';
export const NOTIFICATION_TOPIC = 'redshift-elt-local-notifications';

/** A DMS task of the local stack; pipelines know it by its identifier, events by its ARN. */
export type LocalTask = TaskSpec & { readonly arn: string };

/** ARN of a DMS task in the local stage. */
export function localTaskArn(identifier: string): string {
  return `arn:aws:dms:${LOCAL_REGION}:${LOCAL_ACCOUNT}:task:${identifier}`;
}

/** The functions' environment, as serverless.yml gives it to them. */
export function stageEnvironment(tasks: readonly LocalTask[]): Readonly<Record<string, string>> {
  return {
    POWERTOOLS_SERVICE_NAME: `${SERVICE}-${LOCAL_STAGE}`,
    POWERTOOLS_METRICS_NAMESPACE: SERVICE,
    STAGE: LOCAL_STAGE,
    DMS_TASK_ARNS: JSON.stringify(Object.fromEntries(tasks.map(({ identifier, arn }) => [identifier, arn]))),
    REDSHIFT_CLUSTER_IDENTIFIER: LOCAL_CLUSTER,
    REDSHIFT_DATABASE: LOCAL_DATABASE,
    REDSHIFT_DB_USER: 'runtime',
    SWEEP_LOOK_BACK_HOURS: '72',
    NOTIFICATION_TOPIC,
    NOTIFY_SUCCESS: 'true',
  };
}

export function withFailureQueue(spec: FunctionSpec): FunctionSpec {
  return { ...spec, onFailureQueueArn: queueArn(FAILURE_QUEUE) };
}

/** A pipeline's state machine, with the ARNs that CloudFormation would substitute. */
export function machineOf(pipeline: Pipeline): MachineSource {
  return {
    name: machineName(pipeline.name),
    definition: compileStateMachine(pipeline) as unknown as JsonObject,
    substitutions: Object.fromEntries(TASK_FUNCTIONS.map((name) => [arnVariable(name), functionArn(name)])),
    tags: [
      { key: 'service', value: SERVICE },
      { key: 'stage', value: LOCAL_STAGE },
      { key: 'pipeline', value: pipeline.name },
    ],
  };
}

/** The definition of a pipeline's state machine as the local stage has it. */
export function localDefinition(pipeline: Pipeline): JsonObject {
  const { definition, substitutions = {} } = machineOf(pipeline);
  return substitute(definition, substitutions);
}

/** ARN of a pipeline's state machine in the local stage. */
export function localMachineArn(pipeline: string): string {
  return stateMachineArn(machineName(pipeline));
}

function machineName(pipeline: string): string {
  return `${pipeline}-${LOCAL_STAGE}`;
}
