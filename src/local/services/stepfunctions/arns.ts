import { LOCAL_ACCOUNT, LOCAL_REGION } from '../../contracts.ts';
import { invalidArn, invalidName, required } from './request.ts';

const STATE_MACHINE = /^arn:aws[\w-]*:states:[\w-]+:\d{12}:stateMachine:([^:]{1,80})$/;
const EXECUTION = /^arn:aws[\w-]*:states:[\w-]+:\d{12}:execution:([^:]{1,80}):([^:]{1,80})$/;
const LOCAL = `arn:aws:states:${LOCAL_REGION}:${LOCAL_ACCOUNT}`;

export function stateMachineArn(name: string): string {
  return `${LOCAL}:stateMachine:${name}`;
}

export function executionArn(machineName: string, name: string): string {
  return `${LOCAL}:execution:${machineName}:${name}`;
}

/** The local form of a state machine's ARN, whatever Region it names. @throws AwsError InvalidArn, ValidationException */
export function localizeMachineArn(arn: string): string {
  const name = STATE_MACHINE.exec(required(arn, 'stateMachineArn'))?.[1];
  if (name === undefined) throw invalidArn(arn, 'stateMachine');
  return stateMachineArn(name);
}

/** The local form of an execution's ARN, whatever Region it names. @throws AwsError InvalidArn, ValidationException */
export function localizeExecutionArn(arn: string): string {
  const [, machineName, name] = EXECUTION.exec(required(arn, 'executionArn')) ?? [];
  if (machineName === undefined || name === undefined) throw invalidArn(arn, 'execution');
  return executionArn(machineName, name);
}

const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\uFFFE\uFFFF]/u;
const NAME_LIMIT = 80;

/**
 * A state machine's or an execution's name: 1 to 80 characters, without white space, brackets, wildcards, control
 * characters and the others the API reference lists. @throws AwsError InvalidName
 */
export function checkName(name: string): string {
  if (name.length < 1 || name.length > NAME_LIMIT || FORBIDDEN.test(name)) throw invalidName(name);
  return name;
}
