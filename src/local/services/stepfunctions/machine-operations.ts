import { epochSeconds } from '../../answer-members.ts';
import type { Json, JsonObject } from '../../contracts.ts';
import { compileMachine } from '../../engine/machine/compile-machine.ts';
import { describeProblem } from '../../engine/validate/problem.ts';
import { validateDefinition } from '../../engine/validate/validate-definition.ts';
import { checkName, localizeMachineArn, stateMachineArn } from './arns.ts';
import { type PageRequest, pageOf } from './pages.ts';
import {
  constraint,
  invalidDefinition,
  missingRequiredParameter,
  oneOf,
  required,
  stateMachineAlreadyExists,
  stateMachineTypeNotSupported,
  validationException,
} from './request.ts';
import { findMachine, type Store, type StoredMachine } from './store.ts';
import { addTags, type Tag } from './tag-operations.ts';

export interface UpdateStateMachineInput {
  readonly stateMachineArn: string;
  readonly definition?: string;
  readonly roleArn?: string;
  readonly publish?: boolean;
}

export interface CreateStateMachineInput {
  readonly name: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly publish?: boolean;
  readonly tags?: readonly Tag[];
}

/**
 * Creates a machine; one that is there already is answered when the definition is the same, and keeps its role and tags.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html
 * @throws AwsError InvalidName, InvalidDefinition, StateMachineAlreadyExists, StateMachineTypeNotSupported, TooManyTags, ValidationException
 */
export function createStateMachine(store: Store, now: number, input: CreateStateMachineInput): StoredMachine {
  const name = checkName(required(input.name, 'name'));
  const roleArn = required(input.roleArn, 'roleArn');
  const type = oneOf(input.type, 'type', ['STANDARD', 'EXPRESS']);
  if (input.publish === true)
    throw validationException('publish is not supported: local machines have no versions');
  if (type === 'EXPRESS') throw stateMachineTypeNotSupported(type);
  const definition = parseDefinition(required(input.definition, 'definition'));
  const arn = stateMachineArn(name);
  const known = store.machines.get(arn);
  if (known === undefined) {
    const machine = compileMachine(definition);
    const stored = {
      arn,
      name,
      definition: input.definition,
      roleArn,
      createdAt: now,
      tags: addTags(new Map(), input.tags ?? [], arn),
      machine,
    };
    store.machines.set(arn, stored);
    return stored;
  }
  if (known.definition === input.definition) return known;
  throw stateMachineAlreadyExists(arn);
}

/**
 * Gives a machine another definition or role. Executions that are there keep the one they began with, also when they are
 * redriven. https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html
 * @throws AwsError StateMachineDoesNotExist, InvalidArn, InvalidDefinition, MissingRequiredParameter, ValidationException
 */
export function updateStateMachine(store: Store, input: UpdateStateMachineInput): StoredMachine {
  const known = findMachine(store, input.stateMachineArn);
  const { definition, roleArn } = input;
  if (input.publish === true)
    throw validationException('publish is not supported: local machines have no versions');
  if (definition === undefined && roleArn === undefined) throw missingRequiredParameter();
  const updated = {
    ...known,
    ...(roleArn !== undefined && { roleArn }),
    ...(definition !== undefined && { definition, machine: compileMachine(parseDefinition(definition)) }),
  };
  store.machines.set(known.arn, updated);
  return updated;
}

const DEFINITION_LIMIT = 1_048_576;

function parseDefinition(text: string): JsonObject {
  if (text.length < 1 || Buffer.byteLength(text) > DEFINITION_LIMIT) {
    const rule = `Member must have length between 1 and ${DEFINITION_LIMIT}`;
    throw constraint(`${text.slice(0, 20)}…`, 'definition', rule);
  }
  let definition: Json;
  try {
    definition = JSON.parse(text);
  } catch (error) {
    throw invalidDefinition([`INVALID_JSON_DESCRIPTION: ${(error as Error).message}`]);
  }
  const problems = validateDefinition(definition);
  if (problems.length > 0) throw invalidDefinition(problems.map(describeProblem));
  return definition as JsonObject;
}

/**
 * Deletes a machine with all its executions; those that run are aborted. A machine that is not there is no error.
 * @throws AwsError InvalidArn
 */
export function deleteStateMachine(store: Store, input: { readonly stateMachineArn: string }): object {
  const machine = store.machines.get(localizeMachineArn(input.stateMachineArn));
  if (machine === undefined) return {};
  store.machines.delete(machine.arn);
  for (const stored of [...store.executions.values()]) {
    if (stored.machine.arn !== machine.arn) continue;
    stored.execution.stop();
    store.executions.delete(stored.arn);
  }
  return {};
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

/** All machines, by name. */
export function listStateMachines(store: Store, input: PageRequest): object {
  const all = [...store.machines.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const { items, ...rest } = pageOf(all, input, {
    scope: 'ListStateMachines',
    orderOf: ({ name }) => name,
    tokenCharacters: 1_024,
  });
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
