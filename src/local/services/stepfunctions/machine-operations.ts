import type { JsonObject } from '../../contracts.ts';
import { compileMachine } from '../../engine/compile-machine.ts';
import { stateMachineArn } from './arns.ts';
import { epochSeconds } from './execution-view.ts';
import { checkName } from './names.ts';
import { type PageRequest, pageOf } from './pages.ts';
import {
  invalidDefinition,
  stateMachineAlreadyExists,
  stateMachineTypeNotSupported,
  validationException,
} from './service-errors.ts';
import { findMachine, type Store, type StoredMachine } from './store.ts';

export interface CreateStateMachineInput {
  readonly name: string;
  readonly definition: string;
  readonly roleArn?: string;
  readonly type?: string;
}

/** @throws AwsError InvalidName, InvalidDefinition, StateMachineAlreadyExists, StateMachineTypeNotSupported, ValidationException */
export function createStateMachine(store: Store, now: number, input: CreateStateMachineInput): StoredMachine {
  const name = checkName(input.name);
  if ((input.type ?? 'STANDARD') !== 'STANDARD') throw stateMachineTypeNotSupported(input.type);
  const arn = stateMachineArn(name);
  const roleArn = input.roleArn ?? 'arn:aws:iam::000000000000:role/local';
  const known = store.machines.get(arn);
  if (known !== undefined) {
    if (known.definition === input.definition && known.roleArn === roleArn) return known;
    throw stateMachineAlreadyExists(arn);
  }
  const machine = compileMachine(parseDefinition(input.definition));
  const stored = { arn, name, definition: input.definition, roleArn, createdAt: now, machine };
  store.machines.set(arn, stored);
  return stored;
}

const DEFINITION_LIMIT = 1_048_576;

function parseDefinition(text: unknown): JsonObject {
  if (typeof text !== 'string' || text.length < 1 || text.length > DEFINITION_LIMIT) {
    throw validationException(
      `1 validation error detected: Value at 'definition' failed to satisfy constraint: Member must have length between 1 and ${DEFINITION_LIMIT}`,
    );
  }
  try {
    return JSON.parse(text) as JsonObject;
  } catch (error) {
    throw invalidDefinition([`INVALID_JSON_DESCRIPTION: ${(error as Error).message}`]);
  }
}

export function describeStateMachine(store: Store, input: { readonly stateMachineArn: string }): object {
  const { arn, name, definition, roleArn, createdAt } = findMachine(store, input.stateMachineArn);
  return {
    stateMachineArn: arn,
    name,
    status: 'ACTIVE',
    definition,
    roleArn,
    type: 'STANDARD',
    creationDate: epochSeconds(createdAt),
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
    encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
  };
}

export function listStateMachines(store: Store, input: PageRequest): object {
  const { items, ...rest } = pageOf([...store.machines.values()], input, 'ListStateMachines');
  return {
    stateMachines: items.map(({ arn, name, createdAt }) => ({
      stateMachineArn: arn,
      name,
      type: 'STANDARD',
      creationDate: epochSeconds(createdAt),
    })),
    ...rest,
  };
}
