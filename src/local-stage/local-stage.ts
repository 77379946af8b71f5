import { machineName } from '../compile/stage/stage-names.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION, stateMachineArn, type TaskSpec } from '../local/index.ts';

/** Names of the local stage. Its parameters are in serverless.yml, like those of any other stage. */
export const LOCAL_STAGE = 'local';
export const LOCAL_CLUSTER = 'redshiftcluster-abcd';
export const LOCAL_WORKGROUP = 'elt-local';
export const LOCAL_DATABASE = 'dev';

/** A DMS task of the local stack; pipelines know it by its identifier, events by its ARN. */
export type LocalTask = TaskSpec & { readonly arn: string };

/** ARN of a DMS task in the local stage. */
export function localTaskArn(identifier: string): string {
  return `arn:aws:dms:${LOCAL_REGION}:${LOCAL_ACCOUNT}:task:${identifier}`;
}

/** ARN of a pipeline's state machine in the local stage. */
export function localMachineArn(pipeline: string): string {
  return stateMachineArn(machineName({ stage: LOCAL_STAGE }, pipeline));
}
