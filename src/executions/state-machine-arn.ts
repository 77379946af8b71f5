/** A state machine lives in the partition, Region and account of the DMS tasks that start it. */
export function stateMachineArnOf(taskArn: string, pipeline: string, stage: string): string {
  const [, partition, , region, account] = taskArn.split(':');
  return `arn:${partition}:states:${region}:${account}:stateMachine:${pipeline}-${stage}`;
}

export function executionArnOf(stateMachineArn: string, name: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

export function stateMachineArnOfExecution(executionArn: string): string {
  return executionArn.replace(':execution:', ':stateMachine:').replace(/:[^:]+$/, '');
}
