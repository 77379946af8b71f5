/** The parts of an ARN. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty for what is in no Region. */
  readonly region: string;
  /** Empty for what is in no account. */
  readonly account: string;
  /** All that stands behind the account: often a kind and a name. */
  readonly resource: string;
}

/** Takes an ARN apart; undefined for a text that is none. */
export function parseArn(text: string): Arn | undefined {
  const [scheme, partition = '', service = '', region = '', account = '', ...rest] = text.split(':');
  const resource = rest.join(':');
  if (scheme !== 'arn' || partition === '' || service === '' || resource === '') return undefined;
  return { partition, service, region, account, resource };
}

/** Pattern of the ARN of one thing in a Region and an account. @param resource pattern of what stands behind the account */
export function arnPattern(service: string, resource: string): RegExp {
  return new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:${resource}$`);
}

/** ARN of what lives in the same partition, Region and account as another thing. */
export function arnBeside(arn: string, service: string, resource: string): string {
  const { partition = '', region = '', account = '' } = parseArn(arn) ?? {};
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** The last part of an ARN: an execution's name, a state machine's, a task's. A text that is no ARN is its own name. */
export function arnName(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

/** A state machine lives in the partition, Region and account of the DMS tasks that start it. */
export function stateMachineArnOf(taskArn: string, pipeline: string, stage: string): string {
  return arnBeside(taskArn, 'states', `stateMachine:${pipeline}-${stage}`);
}

/** ARN of an execution by its name. */
export function executionArnOf(stateMachineArn: string, name: string): string {
  return arnBeside(stateMachineArn, 'states', `execution:${arnName(stateMachineArn)}:${name}`);
}

/** ARN of the state machine that an execution is of. */
export function stateMachineArnOfExecution(executionArn: string): string {
  return arnBeside(executionArn, 'states', `stateMachine:${machineOfExecution(executionArn)}`);
}

/** Name of the state machine that an execution is of; empty for what is no execution's ARN. */
export function machineOfExecution(executionArn: string): string {
  const [kind, machine = ''] = parseArn(executionArn)?.resource.split(':') ?? [];
  return kind === 'execution' ? machine : '';
}
