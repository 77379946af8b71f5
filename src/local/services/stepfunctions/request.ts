import { AwsError } from '../../aws-error.ts';

/** A member that must be there. @throws AwsError ValidationException */
export function required<T>(value: T | undefined, member: string): T {
  if (value !== undefined && value !== null) return value;
  throw constraint('null', member, 'Member must not be null');
}

/** A string member of at most `limit` characters. @throws AwsError ValidationException */
export function boundedText(value: string | undefined, member: string, limit: number): string | undefined {
  if (value === undefined || value.length <= limit) return value;
  throw constraint(value, member, `Member must have length less than or equal to ${limit}`);
}

/** A member that is one of a list. @throws AwsError ValidationException */
export function oneOf<T extends string>(
  value: T | undefined,
  member: string,
  allowed: readonly T[],
): T | undefined {
  if (value === undefined || allowed.includes(value)) return value;
  throw constraint(value, member, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
}

/** The ValidationException of a member that breaks a constraint of the API model. */
export function constraint(value: unknown, member: string, rule: string) {
  const shown = value === 'null' ? 'Value null' : `Value '${value}'`;
  return validationException(
    `1 validation error detected: ${shown} at '${member}' failed to satisfy constraint: ${rule}`,
  );
}

/** Errors of the Step Functions API, worded as the service words them (API reference, "Errors" of each action). */
export const invalidArn = (arn: string, resource: string) =>
  new AwsError(
    'InvalidArn',
    `Invalid Arn: 'Resource type not valid in this context: ${arn} is not a ${resource} ARN'`,
  );

export const invalidName = (name: string) => new AwsError('InvalidName', `Invalid Name: '${name}'`);

export const invalidToken = () => new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");

export const invalidDefinition = (problems: readonly string[]) =>
  new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${problems.join(', ')}'`);

export const invalidExecutionInput = (reason: string) =>
  new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`);

export const validationException = (message: string) => new AwsError('ValidationException', message);

export const missingRequiredParameter = () =>
  new AwsError(
    'MissingRequiredParameter',
    'Missing Required Parameter: definition or roleArn (nothing else of a local machine can be updated)',
  );

export const stateMachineDoesNotExist = (arn: string) =>
  new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);

export const stateMachineAlreadyExists = (arn: string) =>
  new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);

export const executionDoesNotExist = (arn: string) =>
  new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);

export const executionAlreadyExists = (arn: string) =>
  new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);

export const executionNotRedrivable = (arn: string, reason: string) =>
  new AwsError('ExecutionNotRedrivable', `Execution Not Redrivable: '${arn}' (${reason})`);

export const stateMachineTypeNotSupported = (type: string) =>
  new AwsError(
    'StateMachineTypeNotSupported',
    `State Machine Type Not Supported: '${type}' (local machines are STANDARD)`,
  );
