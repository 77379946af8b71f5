import { LOCAL_ACCOUNT, LOCAL_REGION } from '../../contracts.ts';
import { invalidArn } from './service-errors.ts';

const STATE_MACHINE = /^arn:aws[\w-]*:states:[\w-]+:\d{12}:stateMachine:([^:]{1,80})$/;
const EXECUTION = /^arn:aws[\w-]*:states:[\w-]+:\d{12}:execution:([^:]{1,80}):([^:]{1,80})$/;
const LOCAL = `arn:aws:states:${LOCAL_REGION}:${LOCAL_ACCOUNT}`;

export function stateMachineArn(name: string): string {
  return `${LOCAL}:stateMachine:${name}`;
}

export function executionArn(machineName: string, name: string): string {
  return `${LOCAL}:execution:${machineName}:${name}`;
}

/** The local form of a state machine's ARN, whatever Region it names. @throws AwsError InvalidArn */
export function localMachineArn(arn: unknown): string {
  const name = typeof arn === 'string' ? STATE_MACHINE.exec(arn)?.[1] : undefined;
  if (name === undefined) throw invalidArn(arn, 'stateMachine');
  return stateMachineArn(name);
}

/** The local form of an execution's ARN, whatever Region it names. @throws AwsError InvalidArn */
export function localExecutionArn(arn: unknown): string {
  const [, machineName, name] = (typeof arn === 'string' ? EXECUTION.exec(arn) : null) ?? [];
  if (machineName === undefined || name === undefined) throw invalidArn(arn, 'execution');
  return executionArn(machineName, name);
}
