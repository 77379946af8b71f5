/** The parts of an ARN. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty for what is in no Region. */
  readonly region: string;
  /** Empty for what is in no account. */
  readonly account: string;
  /** Everything after the account: often a kind and a name. */
  readonly resource: string;
}

/** Splits an ARN into its parts; undefined for a text that is not an ARN. */
export function parseArn(text: string): Arn | undefined {
  const [scheme, partition = '', service = '', region = '', account = '', ...rest] = text.split(':');
  const resource = rest.join(':');
  if (scheme !== 'arn' || partition === '' || service === '' || resource === '') return undefined;
  return { partition, service, region, account, resource };
}

/**
 * Pattern of the ARN of one resource in a Region and an account. @param resource pattern of the part after the
 * account
 */
export function arnPattern(service: string, resource: string): RegExp {
  return new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:${resource}$`);
}

/** ARN of a resource in the same partition, Region and account as another one. */
export function arnBeside(arn: string, service: string, resource: string): string {
  const { partition = '', region = '', account = '' } = parseArn(arn) ?? {};
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/**
 * The last part of an ARN: the name of an execution, a state machine, a task. A text that is not an ARN is returned
 * as it is.
 */
export function arnName(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

/** ARN of a state machine, which is in the partition, Region and account of the DMS tasks that start it. */
export function stateMachineArnOf(taskArn: string, pipeline: string, stage: string): string {
  return arnBeside(taskArn, 'states', `stateMachine:${pipeline}-${stage}`);
}

/** ARN of an execution by its name. */
export function executionArnOf(stateMachineArn: string, name: string): string {
  return arnBeside(stateMachineArn, 'states', `execution:${arnName(stateMachineArn)}:${name}`);
}

/** ARN of the state machine of an execution. */
export function stateMachineArnOfExecution(executionArn: string): string {
  return arnBeside(executionArn, 'states', `stateMachine:${machineOfExecution(executionArn)}`);
}

/** Name of the state machine of an execution; empty for a text that is not an execution's ARN. */
export function machineOfExecution(executionArn: string): string {
  const [kind, machine = ''] = parseArn(executionArn)?.resource.split(':') ?? [];
  return kind === 'execution' ? machine : '';
}
